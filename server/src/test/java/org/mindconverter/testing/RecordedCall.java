// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ConverterGrpc.ConverterStub;

/** A Convert call as its client sees it. */
public final class RecordedCall implements ClientResponseObserver<ConvertRequest, ConvertResponse> {
  private static final int SECONDS = 20;

  private final boolean reads;
  private final List<ConvertResponse> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
  private final CompletableFuture<ClientCallStreamObserver<ConvertRequest>> requests =
      new CompletableFuture<>();

  private RecordedCall(boolean reads) {
    this.reads = reads;
  }

  /** A call whose client reads whatever comes. */
  public static RecordedCall open(ConverterStub stub) {
    return open(stub, true);
  }

  /** A call whose client reads only what it asks for by {@link #request}. */
  public static RecordedCall openUnread(ConverterStub stub) {
    return open(stub, false);
  }

  private static RecordedCall open(ConverterStub stub, boolean reads) {
    RecordedCall call = new RecordedCall(reads);
    var unused = stub.convert(call);
    return call;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ConvertRequest> stream) {
    if (!reads) {
      stream.disableAutoRequestWithInitial(0);
    }
    requests.complete(stream);
  }

  @Override
  public void onNext(ConvertResponse frame) {
    frames.add(frame);
  }

  @Override
  public void onError(Throwable cause) {
    end.complete(Optional.of(cause));
  }

  @Override
  public void onCompleted() {
    end.complete(Optional.empty());
  }

  public RecordedCall send(ConvertRequest... more) {
    return send(List.of(more));
  }

  public RecordedCall send(List<ConvertRequest> more) {
    more.forEach(requests.join()::onNext);
    return this;
  }

  public RecordedCall halfClose() {
    requests.join().onCompleted();
    return this;
  }

  public void cancel() {
    requests.join().cancel("the test cancels", null);
  }

  public void request(int count) {
    requests.join().request(count);
  }

  public boolean canSend() {
    return requests.join().isReady();
  }

  /** What has come so far. */
  public List<ConvertResponse> frames() {
    return List.copyOf(frames);
  }

  /** Waits until something like that has come. */
  public void await(Predicate<ConvertResponse> frame) {
    Eventually.holds(() -> frames.stream().anyMatch(frame));
  }

  /** Waits for the status. */
  public Status status() {
    return cause().map(Status::fromThrowable).orElse(Status.OK);
  }

  /** The status's ErrorInfo. */
  public ErrorInfo errorInfo() {
    return detail(ErrorInfo.class).orElseThrow();
  }

  /** The status's detail of that type, if it has one. */
  public <M extends Message> Optional<M> detail(Class<M> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(cause().orElseThrow());
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(type)) {
          return Optional.of(detail.unpack(type));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Throwable> cause() {
    try {
      return end.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the call has not ended", e);
    }
  }
}
