// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Finds the files of tensor data that an ONNX model keeps outside of itself. */
final class ExternalData {
  private static final int LONGEST_TEXT = 4096;
  private static final int DEEPEST = 100;

  /** Which fields lead to tensors; field numbers as ONNX has them. */
  private static final Map<Message, Map<Long, Message>> FIELDS =
      Map.of(
          Message.MODEL, Map.of(7L, Message.GRAPH, 25L, Message.FUNCTION),
          Message.FUNCTION, Map.of(7L, Message.NODE),
          Message.GRAPH, Map.of(1L, Message.NODE, 5L, Message.TENSOR, 15L, Message.SPARSE),
          Message.NODE, Map.of(5L, Message.ATTRIBUTE),
          Message.ATTRIBUTE,
              Map.of(
                  5L, Message.TENSOR,
                  6L, Message.GRAPH,
                  10L, Message.TENSOR,
                  11L, Message.GRAPH,
                  22L, Message.SPARSE,
                  23L, Message.SPARSE),
          Message.SPARSE, Map.of(1L, Message.TENSOR, 2L, Message.TENSOR),
          Message.TENSOR, Map.of(13L, Message.ENTRY),
          Message.ENTRY, Map.of());

  private final WireReader reader;
  private final Set<String> keys = new LinkedHashSet<>();

  private ExternalData(WireReader reader) {
    this.reader = reader;
  }

  /**
   * The files by the key that the model refers to them by, in the order of the model.
   *
   * <p>Of a file that is no model it finds what stands before the fault: the server tells better
   * what is wrong with it.
   *
   * @throws ConversionFailedException a file is missing, or does not lie below the model's folder
   */
  static Map<String, Path> of(Path model) throws IOException, ConversionFailedException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String key : keysIn(model)) {
      files.put(key, located(model.toAbsolutePath().getParent(), key));
    }
    return files;
  }

  private static Set<String> keysIn(Path model) throws IOException {
    try (WireReader reader = new WireReader(model)) {
      ExternalData search = new ExternalData(reader);
      try {
        search.visit(Message.MODEL, reader.size(), 0);
      } catch (EOFException | WireReader.MalformedException e) {
        return search.keys; // See above: the fault is the server's to tell.
      }
      return search.keys;
    }
  }

  /** A model may come from anybody: it must not make us send any other file of this machine. */
  private static Path located(Path folder, String key) throws ConversionFailedException {
    Path file;
    try {
      file = folder.resolve(key).normalize();
    } catch (InvalidPathException e) {
      throw Failures.external(key, "the model refers to data by what is no path");
    }
    if (!file.startsWith(folder.normalize())) {
      throw Failures.external(key, "the model refers to data outside of its folder");
    }
    if (!Files.isRegularFile(file)) {
      throw Failures.external(key, "the model refers to a file that is not there");
    }
    return file;
  }

  private void visit(Message message, long end, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new WireReader.MalformedException("nested too deeply");
    }
    String entryKey = "";
    while (reader.position() < end) {
      long tag = reader.varint();
      long length = lengthOf((int) (tag & 7), end);
      long next = reader.position() + length;
      if (message == Message.ENTRY) {
        String text = length <= LONGEST_TEXT ? reader.text((int) length) : "";
        if (tag >>> 3 == 1) {
          entryKey = text;
        } else if (entryKey.equals("location")) {
          keys.add(text);
        }
      } else if (FIELDS.get(message).containsKey(tag >>> 3)) {
        visit(FIELDS.get(message).get(tag >>> 3), next, depth + 1);
      }
      reader.seek(next);
    }
  }

  private long lengthOf(int wireType, long end) throws IOException {
    long length =
        switch (wireType) {
          case 0 -> {
            reader.varint();
            yield 0;
          }
          case 1 -> 8;
          case 2 -> reader.varint();
          case 5 -> 4;
          default -> throw new WireReader.MalformedException("a field of no known kind");
        };
    if (length < 0 || length > end - reader.position()) {
      throw new WireReader.MalformedException("a field is longer than what holds it");
    }
    return length;
  }

  private enum Message {
    MODEL,
    FUNCTION,
    GRAPH,
    NODE,
    ATTRIBUTE,
    SPARSE,
    TENSOR,
    ENTRY
  }
}
