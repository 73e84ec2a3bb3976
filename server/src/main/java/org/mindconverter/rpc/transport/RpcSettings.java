// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * How the service is reached.
 *
 * @param token what calls must carry; none when they need nothing
 * @param reflection whether clients may ask for the service's description
 */
public record RpcSettings(InetSocketAddress address, Optional<String> token, boolean reflection) {
  public RpcSettings {
    Objects.requireNonNull(address);
    Objects.requireNonNull(token);
  }
}
