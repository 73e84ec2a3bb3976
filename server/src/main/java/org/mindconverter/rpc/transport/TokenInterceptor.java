// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.rpc.Statuses;

/** Lets calls in that carry the token, and health checks without it. */
final class TokenInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";
  private static final String HEALTH = "grpc.health.v1.Health";

  private final byte[] digest;
  private final Runnable whenRefused;

  TokenInterceptor(String token, Runnable whenRefused) {
    this.digest = sha256(token);
    this.whenRefused = whenRefused;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    boolean open = HEALTH.equals(call.getMethodDescriptor().getServiceName());
    if (open || isToken(Optional.ofNullable(headers.get(HEADER)))) {
      return next.startCall(call, headers);
    }
    whenRefused.run();
    StatusRuntimeException refusal = Statuses.from(refusal());
    call.close(refusal.getStatus(), Optional.ofNullable(refusal.getTrailers()).orElseThrow());
    return new ServerCall.Listener<>() {};
  }

  private boolean isToken(Optional<String> header) {
    // Digests have one length, so that the time it takes tells nothing about the token's.
    return header
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> sha256(value.substring(SCHEME.length())))
        .filter(given -> MessageDigest.isEqual(given, digest))
        .isPresent();
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static ConversionException refusal() {
    return new ConversionException(
        ErrorCode.UNAUTHENTICATED,
        "",
        "the call carries no valid token",
        "give the client the server's token: --token-file, or MINDCONVERTER_TOKEN_FILE");
  }
}
