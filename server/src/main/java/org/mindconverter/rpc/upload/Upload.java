// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.rpc.upload.SpoolFolder.SpoolFile;
import org.mindconverter.v1.ConversionSpec;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of a call: checks the order of its frames and stores its files on disk.
 *
 * <p>The order is {@code spec source_weights* (file chunk*)+}. For one thread at a time.
 */
public final class Upload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  private final Spool spool;
  private final long maxBytes;
  private final SourceWeightList weights = new SourceWeightList();
  private final Map<String, Path> external = new LinkedHashMap<>();
  private Optional<ConversionSpec> spec = Optional.empty();
  private Optional<ModelFormat> format = Optional.empty();
  private Optional<SpoolFolder> folder = Optional.empty();
  private Optional<OpenFile> model = Optional.empty();
  private Optional<OpenFile> open = Optional.empty();
  private long bytes;

  /** Makes an empty one. */
  public Upload(Spool spool, long maxBytes) {
    this.spool = spool;
    this.maxBytes = maxBytes;
  }

  /** A whole upload. */
  public record Received(ModelFiles files, ConversionOptions options) {}

  /** Takes the next frame. */
  public void accept(ConvertRequest frame) throws ConversionException, IOException {
    switch (frame.getFrameCase()) {
      case SPEC -> acceptSpec(frame.getSpec());
      case SOURCE_WEIGHTS -> {
        requireBeforeFiles("source_weights");
        weights.add(frame.getSourceWeights());
      }
      case FILE -> acceptFile(frame.getFile());
      case CHUNK -> acceptChunk(frame.getChunk());
      case FRAME_NOT_SET -> throw disorder("a frame is empty, or of a kind not known here");
    }
  }

  /** Ends the upload, which must be whole. */
  public Received finish() throws ConversionException, IOException {
    if (spec.isEmpty() || model.isEmpty()) {
      throw disorder("the call ended before its model was sent");
    }
    closeFile();
    ConversionOptions options = OptionsReader.read(spec.get(), weights.list());
    OpenFile first = model.get();
    ModelFiles files = new ModelFiles(first.file().path(), first.key(), external, folder());
    return new Received(files, options);
  }

  /** The model's format, once the spec has said it. */
  public Optional<ModelFormat> format() {
    return format;
  }

  /** Bytes of all files so far. */
  public long bytes() {
    return bytes;
  }

  /** Deletes what was stored. */
  @Override
  public void close() {
    try {
      if (open.isPresent()) {
        open.get().file().close();
      }
    } catch (IOException e) {
      LOG.error("could not close an upload", e); // its call has ended, and wants its answer
    } finally {
      folder.ifPresent(SpoolFolder::close);
    }
  }

  private void acceptSpec(ConversionSpec frame) throws ConversionException {
    if (spec.isPresent()) {
      throw disorder("the spec was sent twice");
    }
    // Everything that can be refused now is, before gigabytes are sent.
    format = Optional.of(OptionsReader.read(frame, weights.list()).format());
    spec = Optional.of(frame);
  }

  private void acceptFile(FileHeader header) throws ConversionException, IOException {
    requireSpec("file");
    closeFile();
    String key = FileKey.checked(header.getPath());
    boolean first = model.isEmpty();
    if (header.getKind() != (first ? FileKind.FILE_KIND_MODEL : FileKind.FILE_KIND_EXTERNAL_DATA)) {
      throw disorder("the first file must be the model, and every other one external data");
    }
    if (external.size() >= Limits.MAX_FILES) {
      throw limit(key, "the upload has more than %d files".formatted(Limits.MAX_FILES));
    }
    if (header.hasSizeBytes()) {
      requireRoom(header.getPath(), header.getSizeBytes());
    }
    OpenFile file = new OpenFile(key, header, folder().newFile());
    open = Optional.of(file);
    if (first) {
      model = open;
    } else if (external.put(key, file.file().path()) != null) {
      throw disorder("a file was sent twice");
    }
  }

  private void acceptChunk(ByteString chunk) throws ConversionException {
    OpenFile file = open.orElseThrow(() -> disorder("a chunk was sent before its file"));
    if (chunk.size() > Limits.MAX_CHUNK_BYTES) {
      throw new ConversionException(
          ErrorCode.BAD_PARAMETER,
          file.key(),
          "a chunk has %d bytes".formatted(chunk.size()),
          "send at most %d bytes in a chunk".formatted(Limits.MAX_CHUNK_BYTES));
    }
    requireRoom(file.key(), chunk.size());
    bytes += chunk.size();
    file.file().append(chunk.asReadOnlyByteBuffer());
    if (file.isTooLong()) {
      throw file.sizeDiffers();
    }
  }

  private void closeFile() throws ConversionException, IOException {
    if (open.isPresent()) {
      OpenFile file = open.get();
      open = Optional.empty();
      file.file().close();
      if (file.isTooShort()) {
        throw file.sizeDiffers();
      }
    }
  }

  private SpoolFolder folder() throws ConversionException {
    if (folder.isEmpty()) {
      folder = Optional.of(spool.folder());
    }
    return folder.get();
  }

  private void requireSpec(String frame) throws ConversionException {
    if (spec.isEmpty()) {
      throw disorder("'%s' was sent before 'spec'".formatted(frame));
    }
  }

  private void requireBeforeFiles(String frame) throws ConversionException {
    requireSpec(frame);
    if (model.isPresent()) {
      throw disorder("'%s' was sent after the first file".formatted(frame));
    }
  }

  private void requireRoom(String key, long more) throws ConversionException {
    if (more < 0 || more > maxBytes - bytes) {
      throw new ConversionException(
          ErrorCode.UPLOAD_TOO_LARGE,
          key,
          "the upload has more than %d bytes".formatted(maxBytes),
          "convert a smaller model, or start the server with a higher --max-upload");
    }
  }

  private static ConversionException limit(String origin, String message) {
    return new ConversionException(
        ErrorCode.LIMIT_EXCEEDED, origin, message, "store the tensors in fewer files");
  }

  private static ConversionException disorder(String message) {
    return new ConversionException(
        ErrorCode.FRAME_ORDER,
        "",
        message,
        "send spec, then source_weights, then each file before its chunks; use a matching client");
  }

  /** A file of the upload, and what its header said of it. */
  private record OpenFile(String key, FileHeader header, SpoolFile file) {
    boolean isTooLong() {
      return header.hasSizeBytes() && file.size() > header.getSizeBytes();
    }

    boolean isTooShort() {
      return header.hasSizeBytes() && file.size() < header.getSizeBytes();
    }

    ConversionException sizeDiffers() {
      return new ConversionException(
          ErrorCode.MALFORMED_MODEL,
          key,
          "%d bytes arrived of a file announced with %d"
              .formatted(file.size(), header.getSizeBytes()),
          "send the whole file again; it may have changed while it was read");
    }
  }
}
