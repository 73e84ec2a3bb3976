// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** The one place that knows how a failure looks on the wire. */
public final class Statuses {
  /** Domain of every {@code google.rpc.ErrorInfo} that the service sends. */
  public static final String DOMAIN = "mindconverter";

  // Trailers must stay below the 8 KiB that clients accept, whatever script the text is in.
  private static final int MAX_CHARS = 300;
  private static final Duration RETRY_DELAY = Duration.newBuilder().setSeconds(1).build();

  private Statuses() {}

  /** A failure as a status whose details hold reason, code, origin and remedy. */
  public static StatusRuntimeException from(ConversionException failure) {
    String message = PrintableText.of(failure.getMessage(), MAX_CHARS);
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(statusOf(failure.code()).value())
            .setMessage(message)
            .addDetails(Any.pack(info(failure)));
    if (failure.code() == ErrorCode.BUSY) {
      status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(RETRY_DELAY).build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static ErrorInfo info(ConversionException failure) {
    return ErrorInfo.newBuilder()
        .setReason(failure.code().name())
        .setDomain(DOMAIN)
        .putMetadata("code", failure.code().digits())
        .putMetadata("origin", PrintableText.of(failure.origin(), MAX_CHARS))
        .putMetadata("remedy", PrintableText.of(failure.remedy(), MAX_CHARS))
        .build();
  }

  private static Status.Code statusOf(ErrorCode code) {
    return switch (code) {
      case UNKNOWN_MODEL,
          MISSING_PARAMETER,
          BAD_PARAMETER,
          FRAME_ORDER,
          MALFORMED_GRAPH,
          MALFORMED_MODEL,
          MISSING_EXTERNAL_DATA ->
          Status.Code.INVALID_ARGUMENT;
      case UNSUPPORTED_VERSION, UNSUPPORTED_OPERATOR, SCRIPT_GENERATION, CHECKPOINT_GENERATION ->
          Status.Code.UNIMPLEMENTED;
      case UPLOAD_TOO_LARGE, LIMIT_EXCEEDED, SPOOL_FULL, BUSY -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case CANCELLED -> Status.Code.CANCELLED;
      case SHUTTING_DOWN, START_FAILED -> Status.Code.UNAVAILABLE;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }
}
