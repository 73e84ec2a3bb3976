// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.mindconverter.v1.Capabilities;
import org.mindconverter.v1.ConverterGrpc;
import org.mindconverter.v1.ConverterGrpc.ConverterStub;
import org.mindconverter.v1.GetCapabilitiesRequest;

/** A client on a real connection. */
public final class Client implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int SECONDS = 20;

  private final ManagedChannel channel;
  private final Channel authorized;

  private Client(int port, Metadata headers) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    authorized =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  public static Client of(int port) {
    return new Client(port, new Metadata());
  }

  /** A client that sends that authorization header. */
  public static Client of(int port, String authorization) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    return new Client(port, headers);
  }

  public Channel channel() {
    return authorized;
  }

  public ConverterStub stub() {
    return ConverterGrpc.newStub(authorized);
  }

  public RecordedCall call() {
    return RecordedCall.open(stub());
  }

  public Capabilities capabilities() {
    return ConverterGrpc.newBlockingStub(authorized)
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
  }

  public ServingStatus health() {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    Eventually.holds(channel::isTerminated);
  }
}
