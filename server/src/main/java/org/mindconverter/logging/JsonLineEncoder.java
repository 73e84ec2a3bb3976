// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as one flat JSON object on one line, its key-value pairs as members of their own.
 *
 * <p>Logback's own encoder nests them in a list of objects, which log searches cannot ask for.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    JsonLine line = new JsonLine();
    line.member("time", event.getInstant());
    line.member("level", event.getLevel());
    line.member("logger", event.getLoggerName());
    line.member("thread", event.getThreadName());
    line.member("message", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> line.member(pair.key, pair.value));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    Optional.ofNullable(thrown)
        .map(ThrowableProxyUtil::asString)
        .ifPresent(trace -> line.member("error", trace));
    return (line.close() + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }
}
