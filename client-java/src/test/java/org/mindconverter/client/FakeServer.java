// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ConverterGrpc;

/** A real server that keeps what it is sent, and answers each whole upload by a script. */
final class FakeServer implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  final List<ConvertRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> tokens = new CopyOnWriteArrayList<>();
  final CountDownLatch uploaded = new CountDownLatch(1);
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final Server server;

  private FakeServer(Consumer<StreamObserver<ConvertResponse>> script) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Service(script))
            .intercept(new TokenKeeper())
            .build()
            .start();
  }

  static FakeServer answering(Consumer<StreamObserver<ConvertResponse>> script) throws IOException {
    return new FakeServer(script);
  }

  ClientSettings settings() {
    return ClientSettings.of("localhost:" + server.getPort());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Service extends ConverterGrpc.ConverterImplBase {
    private final Consumer<StreamObserver<ConvertResponse>> script;

    Service(Consumer<StreamObserver<ConvertResponse>> script) {
      this.script = script;
    }

    @Override
    public StreamObserver<ConvertRequest> convert(StreamObserver<ConvertResponse> responses) {
      Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
      return new StreamObserver<>() {
        @Override
        public void onNext(ConvertRequest request) {
          requests.add(request);
        }

        @Override
        public void onError(Throwable failure) {
          cancelled.countDown();
        }

        @Override
        public void onCompleted() {
          uploaded.countDown();
          script.accept(responses);
        }
      };
    }
  }

  private final class TokenKeeper implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      tokens.add(String.valueOf(headers.get(AUTHORIZATION)));
      return next.startCall(call, headers);
    }
  }
}
