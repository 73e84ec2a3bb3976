// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ConverterGrpc;

/** Converts models through a MindConverter server, blocking its caller. For any thread. */
public final class MindConverterClient implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ClientSettings settings;
  private final ManagedChannel connection;
  private final Channel channel;

  private MindConverterClient(ClientSettings settings, ManagedChannel connection) {
    Metadata headers = new Metadata();
    settings.token().ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
    this.settings = settings;
    this.connection = connection;
    this.channel =
        ClientInterceptors.intercept(
            connection, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A client of that server. Connects when it is first needed. */
  public static MindConverterClient of(ClientSettings settings) {
    return new MindConverterClient(
        settings, NettyChannelBuilder.forTarget(settings.target()).usePlaintext().build());
  }

  /** Converts an ONNX file, with everything else as it is by default. */
  public ConversionResult convert(Path model, Path outputFolder)
      throws ConversionFailedException, IOException, InterruptedException {
    return convert(ConversionRequest.of(model, outputFolder));
  }

  /**
   * Sends the model and the tensor data beside it, and receives what it becomes.
   *
   * @throws ConversionFailedException there is no result; nothing has been written
   * @throws IOException a file of this machine could not be read or written
   * @throws InterruptedException the thread was interrupted; the conversion has been cancelled
   */
  public ConversionResult convert(ConversionRequest request)
      throws ConversionFailedException, IOException, InterruptedException {
    Map<String, Path> external = ExternalData.of(request.model());
    try (OutputFolder output = new OutputFolder(request.outputFolder(), request.existing())) {
      output.refuseExisting(request.spec().getName());
      return exchange(request, external, new Answer(output));
    } catch (StatusException e) {
      throw Failures.ended(e, settings.target());
    }
  }

  /** Ends the connection, and the conversions that still run on it. */
  @Override
  public void close() {
    connection.shutdownNow();
  }

  private ConversionResult exchange(
      ConversionRequest request, Map<String, Path> external, Answer answer)
      throws ConversionFailedException, IOException, InterruptedException, StatusException {
    BlockingClientCall<ConvertRequest, ConvertResponse> call =
        ConverterGrpc.newBlockingV2Stub(channel)
            .withDeadlineAfter(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)
            .convert();
    try {
      new Upload(call).send(request, external);
      answer.receive(call);
      return answer.finish();
    } finally {
      // Of no effect on a call that has ended; any other has nobody left who reads it.
      call.cancel("the client has given up", null);
    }
  }
}
