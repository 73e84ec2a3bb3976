// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.Objects;
import java.util.Optional;
import org.mindconverter.ir.OpId;

/**
 * What is known of one generation of an operator.
 *
 * @param since opset at which this generation began
 * @param bodies for operators that hold graphs
 * @param folding empty for operators that must not be computed early (random ones), or need not
 */
public record Operator(
    OpId id,
    int since,
    Inference inference,
    Optional<ContentsRule> contents,
    Optional<Folding> folding,
    Optional<WeightLayout> layout,
    Optional<AliasRule> alias,
    Optional<BodyRule> bodies,
    Lowering lowering) {
  /** Nothing is null. */
  public Operator {
    Objects.requireNonNull(id);
    Objects.requireNonNull(inference);
    Objects.requireNonNull(contents);
    Objects.requireNonNull(folding);
    Objects.requireNonNull(layout);
    Objects.requireNonNull(alias);
    Objects.requireNonNull(bodies);
    Objects.requireNonNull(lowering);
  }
}
