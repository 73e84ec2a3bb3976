// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.List;

/** A value of an attribute. */
public sealed interface Attribute {
  /** A whole number. */
  record Int(long value) implements Attribute {}

  /** A real number of 32 bits. */
  record Real(float value) implements Attribute {}

  /** Text. */
  record Text(String value) implements Attribute {}

  /** Whole numbers. */
  record Ints(List<Long> values) implements Attribute {
    /** Copies. */
    public Ints {
      values = List.copyOf(values);
    }
  }

  /** Real numbers of 32 bits. */
  record Reals(List<Float> values) implements Attribute {
    /** Copies. */
    public Reals {
      values = List.copyOf(values);
    }
  }

  /** Texts. */
  record Texts(List<String> values) implements Attribute {
    /** Copies. */
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** A tensor. */
  record Const(Tensor value) implements Attribute {}

  /** A graph that the node runs. It may use values of the graph around it. */
  record SubGraph(Graph value) implements Attribute {}

  /** A kind that no operator of the standard asks for: a type, or lists of tensors or graphs. */
  record Other(String kind) implements Attribute {}
}
