// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Attributes of a node by name, each of one declared kind. */
public record Attributes(Map<String, Attribute> byName) {
  /** No attributes. */
  public static final Attributes NONE = new Attributes(Map.of());

  /** Copies, in order. */
  public Attributes {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** Their names, in the model's order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** The whole number under that name; nothing when there is none, or it is of another kind. */
  public OptionalLong integer(String name) {
    return byName.get(name) instanceof Attribute.Int a
        ? OptionalLong.of(a.value())
        : OptionalLong.empty();
  }

  /** The real number under that name, as the float32 that the model holds. */
  public OptionalDouble real(String name) {
    return byName.get(name) instanceof Attribute.Real a
        ? OptionalDouble.of(a.value())
        : OptionalDouble.empty();
  }

  /** The text under that name. */
  public Optional<String> text(String name) {
    return byName.get(name) instanceof Attribute.Text a ? Optional.of(a.value()) : Optional.empty();
  }

  /** The whole numbers under that name. */
  public Optional<List<Long>> integers(String name) {
    return byName.get(name) instanceof Attribute.Ints a
        ? Optional.of(a.values())
        : Optional.empty();
  }

  /** The real numbers under that name. */
  public Optional<List<Float>> reals(String name) {
    return byName.get(name) instanceof Attribute.Reals a
        ? Optional.of(a.values())
        : Optional.empty();
  }

  /** The texts under that name. */
  public Optional<List<String>> texts(String name) {
    return byName.get(name) instanceof Attribute.Texts a
        ? Optional.of(a.values())
        : Optional.empty();
  }

  /** The tensor under that name. */
  public Optional<Tensor> tensor(String name) {
    return byName.get(name) instanceof Attribute.Const a
        ? Optional.of(a.value())
        : Optional.empty();
  }

  /** The graph under that name. */
  public Optional<Graph> graph(String name) {
    return byName.get(name) instanceof Attribute.SubGraph a
        ? Optional.of(a.value())
        : Optional.empty();
  }

  /** The same with one more, or another value under its name. */
  public Attributes with(String name, Attribute attribute) {
    Map<String, Attribute> copy = new LinkedHashMap<>(byName);
    copy.put(name, attribute);
    return new Attributes(copy);
  }
}
