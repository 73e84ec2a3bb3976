// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.ir.TensorData;
import org.mindconverter.request.ModelFiles;

/**
 * The files of tensor data that were sent beside the model. What the model calls them is a key to
 * look them up by, never a path.
 */
final class ExternalFiles {
  private final TensorData.SliceReader reader;
  private final Map<String, Path> files;
  private final Map<Path, Long> sizes = new HashMap<>();
  private long bytesLeft;

  ExternalFiles(TensorData.SliceReader reader, ModelFiles files, int expansion) throws IOException {
    this.reader = reader;
    this.files = files.external();
    for (Path file : this.files.values()) {
      sizes.put(file, Files.size(file));
    }
    long total = sizes.values().stream().mapToLong(Long::longValue).sum();
    this.bytesLeft = total > Long.MAX_VALUE / expansion ? Long.MAX_VALUE : total * expansion;
  }

  /**
   * The data that a tensor's entries {@code location}, {@code offset} and {@code length} point to.
   *
   * @param expected bytes that the tensor's type and shape ask for
   */
  TensorData data(String tensor, Map<String, String> entries, long expected)
      throws ConversionException {
    String location = entries.getOrDefault("location", "");
    Path file = files.get(location);
    if (file == null) {
      throw new ConversionException(
          ErrorCode.MISSING_EXTERNAL_DATA,
          tensor,
          "its data is in the file '%s', which was not sent".formatted(location),
          "send the file along with the model, under the name that the model uses");
    }
    long size = sizes.get(file);
    long offset = number(tensor, entries, "offset", 0);
    long length = number(tensor, entries, "length", expected);
    if (length != expected) {
      throw damaged(tensor, "has %d bytes of data, not %d".formatted(length, expected));
    }
    if (offset > size || length > size - offset) {
      throw damaged(
          tensor,
          "has its data at bytes %d to %s of '%s', which has %d"
              .formatted(offset, Long.toUnsignedString(offset + length), location, size));
    }
    charge(tensor, length);
    return new TensorData.FileSlice(reader, file, offset, length);
  }

  private void charge(String tensor, long length) throws ConversionException {
    if (length > bytesLeft) {
      throw new ConversionException(
          ErrorCode.LIMIT_EXCEEDED,
          tensor,
          "the model's tensors point to the same data over and over",
          "export the model again, so that each tensor has data of its own");
    }
    bytesLeft -= length;
  }

  private static long number(String tensor, Map<String, String> entries, String key, long otherwise)
      throws ConversionException {
    String text = entries.get(key);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw damaged(tensor, "has an external %s that is not a number".formatted(key));
    }
    return Long.parseLong(text);
  }

  private static ConversionException damaged(String tensor, String what) {
    return new ConversionException(
        ErrorCode.MALFORMED_MODEL,
        tensor,
        what,
        "save the model and its data file together again, and send both");
  }
}
