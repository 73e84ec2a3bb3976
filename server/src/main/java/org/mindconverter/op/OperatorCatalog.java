// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mindconverter.ir.OpId;

/** All operators that are mapped, by operator and generation. */
public final class OperatorCatalog {
  private final SortedMap<OpId, NavigableMap<Integer, Operator>> operators;

  private OperatorCatalog(SortedMap<OpId, NavigableMap<Integer, Operator>> operators) {
    this.operators = operators;
  }

  /** The generation that a model of that opset means: the newest one not above it. */
  public Optional<Operator> find(OpId id, int opset) {
    NavigableMap<Integer, Operator> generations = operators.get(id);
    return generations == null
        ? Optional.empty()
        : Optional.ofNullable(generations.floorEntry(opset)).map(e -> e.getValue());
  }

  /** Every generation of every operator, in order. */
  public List<Operator> all() {
    return operators.values().stream().flatMap(g -> g.values().stream()).toList();
  }

  /** Collects entries; a second entry for the same generation is a defect. */
  public static final class Builder {
    private final SortedMap<OpId, NavigableMap<Integer, Operator>> operators = new TreeMap<>();

    /** Begins the entry of an operator of the standard domain. */
    public Entry onnx(String type) {
      return new Entry(this, OpId.onnx(type));
    }

    /** Begins the entry of an operator of another domain. */
    public Entry domain(String domain, String type) {
      return new Entry(this, new OpId(domain, type));
    }

    /** Begins the entry of an operator that only passes introduce. */
    public Entry internal(String type) {
      return new Entry(this, OpId.internal(type));
    }

    private void add(Operator operator) {
      Operator before =
          operators
              .computeIfAbsent(operator.id(), id -> new TreeMap<>())
              .put(operator.since(), operator);
      if (before != null) {
        throw new IllegalStateException(
            operator.id() + " since " + operator.since() + " is registered twice");
      }
    }

    /** The catalog. */
    public OperatorCatalog build() {
      return new OperatorCatalog(operators);
    }
  }

  /** The entry of an operator: what its generations share, then {@code since(…).lower(…)}. */
  public static final class Entry {
    private final Builder catalog;
    private final OpId id;
    private final List<Integer> sinces = new ArrayList<>();
    private Inference inference = node -> List.of();
    private Optional<ContentsRule> contents = Optional.empty();
    private Optional<Folding> folding = Optional.empty();
    private Optional<WeightLayout> layout = Optional.empty();
    private Optional<AliasRule> alias = Optional.empty();
    private Optional<BodyRule> bodies = Optional.empty();

    private Entry(Builder catalog, OpId id) {
      this.catalog = catalog;
      this.id = id;
    }

    /** Result types, for this generation and those that follow. */
    public Entry infer(Inference rule) {
      inference = rule;
      return this;
    }

    /** Shape arithmetic, for this generation and those that follow. */
    public Entry contents(ContentsRule rule) {
      contents = Optional.of(rule);
      return this;
    }

    /** Early computation, for this generation and those that follow. */
    public Entry fold(Folding rule) {
      folding = Optional.of(rule);
      return this;
    }

    /** What it does to a parameter's layout, for this generation and those that follow. */
    public Entry layout(WeightLayout rule) {
      layout = Optional.of(rule);
      return this;
    }

    /** When it does nothing, for this generation and those that follow. */
    public Entry alias(AliasRule rule) {
      alias = Optional.of(rule);
      return this;
    }

    /** How it runs the graphs inside of it, for this generation and those that follow. */
    public Entry bodies(BodyRule rule) {
      bodies = Optional.of(rule);
      return this;
    }

    /** The opsets of generations that the next lowering serves. */
    public Entry since(int... opsets) {
      sinces.clear();
      for (int opset : opsets) {
        sinces.add(opset);
      }
      return this;
    }

    /** Says how MindSpore says those generations. */
    public Entry lower(Lowering lowering) {
      if (sinces.isEmpty()) {
        throw new IllegalStateException(id + " names no opset");
      }
      for (int since : sinces) {
        catalog.add(
            new Operator(id, since, inference, contents, folding, layout, alias, bodies, lowering));
      }
      sinces.clear();
      return this;
    }
  }
}
