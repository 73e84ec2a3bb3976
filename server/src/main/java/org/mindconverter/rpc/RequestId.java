// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives every call a name that client and server know it by: the client's own, where it sent a
 * plain one in {@code x-request-id}. It is sent back, and stands in the log.
 */
public final class RequestId implements ServerInterceptor {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<String> KEY = Context.keyWithDefault("request-id", "none");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  /** The name of the call that runs in this context. */
  static String current() {
    return KEY.get();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String given = headers.get(HEADER);
    String id =
        given != null && PLAIN.matcher(given).matches() ? given : UUID.randomUUID().toString();
    return Contexts.interceptCall(
        Context.current().withValue(KEY, id), new Named<>(call, id), headers, next);
  }

  private static final class Named<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final String id;

    Named(ServerCall<Q, R> call, String id) {
      super(call);
      this.id = id;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(HEADER, id);
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      // A call that fails before its first answer has no headers but these.
      trailers.put(HEADER, id);
      super.close(status, trailers);
    }
  }
}
