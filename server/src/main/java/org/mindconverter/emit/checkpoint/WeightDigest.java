// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mindconverter.ir.Tensor;

/** Digests by which a tensor is known again, whatever its name has become. */
public final class WeightDigest {
  private WeightDigest() {}

  /** Lower-case hex SHA-256 of a tensor's little-endian, row-major bytes. */
  public static String sha256(Tensor tensor) throws IOException {
    MessageDigest digest = sha256();
    ContiguousBytes.copy(
        tensor.data(),
        0,
        tensor.data().length(),
        new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
