// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a server says of itself. */
public final class Reflection implements StreamObserver<ServerReflectionResponse> {
  private final CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();

  private Reflection() {}

  /**
   * Names of its services.
   *
   * @throws java.util.concurrent.CompletionException the call has failed
   */
  public static List<String> services(Client client) {
    ServerReflectionRequest request =
        ServerReflectionRequest.newBuilder().setListServices("").build();
    return ask(client, request).getListServicesResponse().getServiceList().stream()
        .map(service -> service.getName())
        .toList();
  }

  /** Number of descriptors that describe that symbol. */
  public static int descriptorsOf(Client client, String symbol) {
    ServerReflectionRequest request =
        ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build();
    return ask(client, request).getFileDescriptorResponse().getFileDescriptorProtoCount();
  }

  private static ServerReflectionResponse ask(Client client, ServerReflectionRequest request) {
    Reflection answers = new Reflection();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(client.channel()).serverReflectionInfo(answers);
    requests.onNext(request);
    requests.onCompleted();
    return answers.first.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void onNext(ServerReflectionResponse response) {
    first.complete(response);
  }

  @Override
  public void onError(Throwable cause) {
    first.completeExceptionally(cause);
  }

  @Override
  public void onCompleted() {
    first.completeExceptionally(new IllegalStateException("ended without an answer"));
  }
}
