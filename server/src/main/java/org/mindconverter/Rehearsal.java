// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.mindconverter.convert.Engine;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.v1.ConversionSpec;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ConverterGrpc;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.GetCapabilitiesRequest;
import org.mindconverter.v1.ModelFormat;

/**
 * One call of each kind over the wire, by the daemon to itself.
 *
 * <p>A class archive that is recorded meanwhile knows the whole way of a model.
 */
final class Rehearsal {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String MODEL = "rehearsal.onnx";
  private static final int SECONDS = 60;

  private final ServerConfig config;
  private final Engine engine;

  Rehearsal(ServerConfig config, Engine engine) {
    this.config = config;
    this.engine = engine;
  }

  void run() throws StartException, InterruptedException {
    String token = UUID.randomUUID().toString();
    Daemon daemon = Daemon.start(config, engine, Optional.of(token));
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(config.rpc().host(), daemon.port())
            .channelType(NioSocketChannel.class)
            .eventLoopGroup(loops)
            .usePlaintext()
            .build();
    try {
      callAll(channel, token);
    } catch (StatusException e) {
      throw new StartException(
          ErrorCode.START_FAILED,
          "a call to the daemon itself failed: " + e.getMessage(),
          "Look at its log");
    } finally {
      channel.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(1, TimeUnit.SECONDS);
      daemon.stop(Duration.ZERO);
    }
  }

  private void callAll(ManagedChannel channel, String token)
      throws StatusException, InterruptedException {
    HealthGrpc.newBlockingV2Stub(channel)
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance());
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    ConverterGrpc.ConverterBlockingV2Stub stub =
        ConverterGrpc.newBlockingV2Stub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    stub.getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
    convert(stub, model());
  }

  private static byte[] model() {
    try (InputStream resource = Rehearsal.class.getResourceAsStream(MODEL)) {
      return Objects.requireNonNull(resource, MODEL).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void convert(ConverterGrpc.ConverterBlockingV2Stub stub, byte[] model)
      throws StatusException, InterruptedException {
    BlockingClientCall<ConvertRequest, ConvertResponse> call = stub.convert();
    ConversionSpec.Builder spec =
        ConversionSpec.newBuilder()
            .setModelFormat(ModelFormat.MODEL_FORMAT_ONNX)
            .setName("rehearsal");
    FileHeader.Builder file =
        FileHeader.newBuilder()
            .setPath(MODEL)
            .setKind(FileKind.FILE_KIND_MODEL)
            .setSizeBytes(model.length);
    call.write(ConvertRequest.newBuilder().setSpec(spec).build());
    call.write(ConvertRequest.newBuilder().setFile(file).build());
    call.write(ConvertRequest.newBuilder().setChunk(ByteString.copyFrom(model)).build());
    call.halfClose();
    while (call.read() != null) {
      // What comes is of no interest, only that all of it does.
    }
  }
}
