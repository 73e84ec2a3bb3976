// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.rpc.upload.Upload;
import org.mindconverter.rpc.upload.Upload.Received;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Convert call, from its first frame to its status.
 *
 * <p>It is closed once: by a worker that has begun with it, and until then by whoever holds its
 * lock: the thread that brings its frames, or one that stops it.
 */
final class ConvertCall implements StreamObserver<ConvertRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ConvertCall.class);

  private final ServerCallStreamObserver<ConvertResponse> responses;
  private final Workshop shop;
  private final Consumer<ConvertCall> whenEnded;
  private final String id = RequestId.current();
  private final Optional<Deadline> deadline = Optional.ofNullable(Context.current().getDeadline());
  private final Upload upload;
  private final FrameWriter frames;
  private final CallRecord record;
  private final PaceCheck pace;
  private final AtomicReference<State> state = new AtomicReference<>(State.UPLOADING);
  private Runnable work = () -> {};
  private Optional<Thread> worker = Optional.empty();

  private enum State {
    UPLOADING,
    SUBMITTED,
    ENDED
  }

  ConvertCall(
      ServerCallStreamObserver<ConvertResponse> responses,
      Workshop shop,
      Consumer<ConvertCall> whenEnded) {
    this.responses = responses;
    this.shop = shop;
    this.whenEnded = whenEnded;
    upload = new Upload(shop.spool(), shop.limits().maxUploadBytes());
    frames = new FrameWriter(responses, shop.limits().patience(), shop.metrics()::sent);
    record = new CallRecord(id, shop.metrics());
    pace = new PaceCheck(shop.limits().patience());
    responses.setOnCancelHandler(this::cancelled);
  }

  @Override
  public synchronized void onNext(ConvertRequest frame) {
    if (state.get() != State.UPLOADING) {
      return; // what a client sent before it learnt that its call has failed
    }
    try {
      pace.received(frame.getSerializedSize());
      upload.accept(frame);
      shop.metrics().received(frame.getChunk().size());
      if (frame.hasSpec()) {
        upload.format().ifPresent(record::format);
        shop.pool().requirePlace();
      }
    } catch (ConversionException e) {
      fail(e);
    } catch (IOException | RuntimeException e) {
      fail(defect(e));
    }
  }

  @Override
  public void onError(Throwable cause) {
    // The cancel handler is told the same, also after the client's last frame.
  }

  @Override
  public synchronized void onCompleted() {
    if (state.get() != State.UPLOADING) {
      return;
    }
    try {
      Received received = upload.finish();
      record.uploaded(upload.bytes());
      work = () -> work(received);
      state.set(State.SUBMITTED);
      responses.onNext(ResponseFrames.queued()); // before a worker may write: the two must not meet
      shop.pool().submit(work);
    } catch (ConversionException e) {
      fail(e);
    } catch (IOException | RuntimeException e) {
      fail(defect(e));
    }
  }

  /** Ends the call where it is, with that status. From any thread. */
  synchronized void stop(ConversionException reason) {
    frames.end(reason);
    if (state.get() == State.UPLOADING || shop.pool().withdraw(work)) {
      fail(reason);
    }
    // A worker that has begun finds the reason, and ends the call itself.
    worker.ifPresent(Thread::interrupt);
  }

  /** Stops the call if it is still being uploaded, but hardly. */
  synchronized void requirePace() {
    if (state.get() == State.UPLOADING && pace.isTooSlow()) {
      stop(
          new ConversionException(
              ErrorCode.DEADLINE_EXCEEDED,
              "",
              "the upload has come to a halt",
              "send at least %d bytes in a second".formatted(Limits.MIN_BYTES_PER_SECOND)));
    }
  }

  private void cancelled() {
    boolean late = deadline.map(Deadline::isExpired).orElse(false);
    record.cancelled(late ? "deadline" : "client");
    stop(
        late
            ? new ConversionException(
                ErrorCode.DEADLINE_EXCEEDED,
                "",
                "the call's deadline has passed",
                "allow more time")
            : new ConversionException(
                ErrorCode.CANCELLED, "", "the client has cancelled", "call again"));
  }

  private void work(Received received) {
    record.started();
    try {
      convert(received);
      end("ok", responses::onCompleted);
    } catch (ConversionException e) {
      // What was interrupted knows only that it is to end, not why.
      fail(frames.ended().orElse(e));
    } catch (OutOfMemoryError e) {
      fail(frames.ended().orElseGet(() -> tooLarge(e)));
    } catch (IOException | RuntimeException | Error e) {
      // Errors too: one call's stack overflow is no reason to leave its client without an answer.
      fail(frames.ended().orElseGet(() -> defect(e)));
    }
  }

  private void convert(Received received) throws ConversionException, IOException {
    lend(Thread.currentThread());
    try {
      frames.check();
      ResponseSink sink = new ResponseSink(frames, received.options().name() + ".py");
      ConversionSummary summary =
          shop.converter().convert(received.files(), received.options(), sink);
      record.converted(summary);
      sink.summary(summary);
    } finally {
      takeBack();
    }
  }

  private synchronized void lend(Thread thread) {
    worker = Optional.of(thread);
  }

  /**
   * The thread works for others from now on: no interrupt that was meant for this call may stay.
   */
  private synchronized void takeBack() {
    worker = Optional.empty();
    Thread.interrupted();
  }

  private void fail(ConversionException failure) {
    end(failure.code().name(), () -> close(failure));
  }

  private void close(ConversionException failure) {
    if (!responses.isCancelled()) {
      responses.onError(Statuses.from(failure));
    }
  }

  private void end(String outcome, Runnable status) {
    if (state.getAndSet(State.ENDED) == State.ENDED) {
      return;
    }
    upload.close();
    record.end(outcome, upload.bytes(), frames.sentBytes());
    whenEnded.accept(this);
    status.run();
  }

  private ConversionException tooLarge(OutOfMemoryError cause) {
    LOG.atWarn().addKeyValue("id", id).log("a conversion took all the memory");
    return new ConversionException(
        ErrorCode.LIMIT_EXCEEDED,
        "",
        "the model's structure takes more memory than this server has",
        "retry when it is less busy, or ask its operator to raise -Xmx or to lower --workers",
        cause);
  }

  private ConversionException defect(Throwable cause) {
    LOG.atError().addKeyValue("id", id).setCause(cause).log("a conversion failed by a defect");
    return new ConversionException(
        ErrorCode.INTERNAL,
        "",
        "the server failed through a defect of its own",
        "report it, with the request id %s that its log knows it by".formatted(id),
        cause);
  }
}
