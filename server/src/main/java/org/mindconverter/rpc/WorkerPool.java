// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** The threads that convert, and the calls that wait for one: both bounded. */
public final class WorkerPool implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final int workers;

  /**
   * Starts none of the threads yet.
   *
   * @param queue how many calls may wait
   */
  public WorkerPool(int workers, int queue) {
    this.workers = workers;
    BlockingQueue<Runnable> waiting =
        queue == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(queue);
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            workers,
            workers,
            1,
            TimeUnit.MINUTES,
            waiting,
            task -> {
              Thread thread = new Thread(task, "worker-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs a task when its turn comes. */
  void submit(Runnable task) throws ConversionException {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown() ? shuttingDown() : busy();
    }
  }

  /**
   * Refuses a call early that would find no place now: before its upload, not after.
   *
   * <p>Holds no place: the queue may be full again when the upload has arrived.
   */
  void requirePlace() throws ConversionException {
    if (busyWorkers() >= workers && threads.getQueue().remainingCapacity() == 0) {
      throw busy();
    }
  }

  /** Takes a task back; false when it has started. */
  boolean withdraw(Runnable task) {
    return threads.remove(task);
  }

  /** Calls that wait. */
  public int queueLength() {
    return threads.getQueue().size();
  }

  /** Threads that convert now. */
  public int busyWorkers() {
    return threads.getActiveCount();
  }

  /** Threads at most. */
  public int workers() {
    return workers;
  }

  /** Takes no more tasks, and waits a moment for those that were told to end. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(250, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ConversionException busy() {
    return new ConversionException(
        ErrorCode.BUSY, "", "all workers are busy and the queue is full", "try again in a moment");
  }

  private static ConversionException shuttingDown() {
    return new ConversionException(
        ErrorCode.SHUTTING_DOWN, "", "the server is stopping", "send it to another one");
  }
}
