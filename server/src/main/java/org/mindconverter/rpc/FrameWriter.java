// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.v1.ConvertResponse;

/**
 * Sends frames no faster than the client reads them. For one worker thread.
 *
 * <p>That thread must not be the one that runs the call's callbacks, which wake it.
 */
final class FrameWriter {
  private final ServerCallStreamObserver<ConvertResponse> responses;
  private final Duration patience;
  private final LongConsumer countBytes;
  private final AtomicLong sentBytes = new AtomicLong();
  private Optional<ConversionException> end = Optional.empty();

  /** Sets the ready handler: to be made before the service method returns. */
  FrameWriter(
      ServerCallStreamObserver<ConvertResponse> responses,
      Duration patience,
      LongConsumer countBytes) {
    this.responses = responses;
    this.patience = patience;
    this.countBytes = countBytes;
    responses.setOnReadyHandler(this::wake);
  }

  /** Sends a frame, once the client has taken those before it. */
  void send(ConvertResponse frame) throws ConversionException {
    int size = frame.getSerializedSize();
    if (size > Limits.MAX_MESSAGE_BYTES) {
      throw tooLarge(size);
    }
    awaitReady();
    responses.onNext(frame);
    sentBytes.addAndGet(size);
    countBytes.accept(size);
  }

  /** Throws what ended the call, if anything has. */
  synchronized void check() throws ConversionException {
    if (end.isPresent()) {
      throw end.get();
    }
  }

  /** Makes every later method throw, and the one that waits now. From any thread. */
  synchronized void end(ConversionException reason) {
    if (end.isEmpty()) {
      end = Optional.of(reason);
    }
    notifyAll();
  }

  /** What ended the call, if anything has. */
  synchronized Optional<ConversionException> ended() {
    return end;
  }

  /** Bytes of the frames sent. */
  long sentBytes() {
    return sentBytes.get();
  }

  private synchronized void wake() {
    notifyAll();
  }

  private synchronized void awaitReady() throws ConversionException {
    long until = System.nanoTime() + patience.toNanos();
    check();
    try {
      while (!responses.isReady()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          throw stalled();
        }
        wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      check(); // it came with a reason
      throw Cancellation.cancelled();
    }
  }

  /** A client would end the call for such a message, and could not say why. */
  private static ConversionException tooLarge(int size) {
    return new ConversionException(
        ErrorCode.LIMIT_EXCEEDED,
        "",
        "the names of its tensors make a result of %d bytes, where a message may have %d"
            .formatted(size, Limits.MAX_MESSAGE_BYTES),
        "give the model fewer inputs and outputs, or shorter names");
  }

  private ConversionException stalled() {
    return new ConversionException(
        ErrorCode.DEADLINE_EXCEEDED,
        "",
        "the client has read nothing for %d seconds".formatted(patience.toSeconds()),
        "read the results while they arrive");
  }
}
