// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import com.google.protobuf.ByteString;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;

/** Sends a request's frames, no faster than the server takes them. */
final class Upload {
  /** What every server takes. */
  private static final int CHUNK_BYTES = 1 << 20;

  private final BlockingClientCall<ConvertRequest, ConvertResponse> call;

  Upload(BlockingClientCall<ConvertRequest, ConvertResponse> call) {
    this.call = call;
  }

  /** Sends everything, unless the server ends the call before: its answer then tells why. */
  void send(ConversionRequest request, Map<String, Path> external)
      throws IOException, InterruptedException, StatusException {
    boolean open = call.write(ConvertRequest.newBuilder().setSpec(request.spec()).build());
    String modelName = String.valueOf(request.model().getFileName());
    open = open && file(modelName, FileKind.FILE_KIND_MODEL, request.model());
    for (Map.Entry<String, Path> data : external.entrySet()) {
      open = open && file(data.getKey(), FileKind.FILE_KIND_EXTERNAL_DATA, data.getValue());
    }
    if (open) {
      call.halfClose();
    }
  }

  /** Whether the call is still open. */
  private boolean file(String key, FileKind kind, Path file)
      throws IOException, InterruptedException, StatusException {
    FileHeader header =
        FileHeader.newBuilder().setPath(key).setKind(kind).setSizeBytes(Files.size(file)).build();
    boolean open = call.write(ConvertRequest.newBuilder().setFile(header).build());
    try (InputStream in = Files.newInputStream(file)) {
      while (open) {
        ByteString chunk = ByteString.copyFrom(in.readNBytes(CHUNK_BYTES));
        if (chunk.isEmpty()) {
          return true;
        }
        open = call.write(ConvertRequest.newBuilder().setChunk(chunk).build());
      }
    }
    return open;
  }
}
