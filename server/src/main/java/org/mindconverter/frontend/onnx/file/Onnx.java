// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Tensor;

/** What an ONNX file says, before anything is made of it. */
public final class Onnx {
  private Onnx() {}

  /** A whole file. */
  public record Model(
      long irVersion,
      String producer,
      Map<String, String> metadata,
      Opsets opsets,
      Graph graph,
      List<Function> functions) {
    /** Copies. */
    public Model {
      metadata = Map.copyOf(metadata);
      functions = List.copyOf(functions);
    }
  }

  /**
   * A graph, the model's or one inside of an attribute.
   *
   * @param types of values in between, of initializers, and of whatever else the file names
   */
  public record Graph(
      String name,
      List<Node> nodes,
      List<Tensor> initializers,
      List<String> sparseInitializers,
      List<Value> inputs,
      List<Value> outputs,
      List<Value> types,
      Map<String, String> metadata) {
    /** Copies. */
    public Graph {
      nodes = List.copyOf(nodes);
      initializers = List.copyOf(initializers);
      sparseInitializers = List.copyOf(sparseInitializers);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      types = List.copyOf(types);
      metadata = Map.copyOf(metadata);
    }

    /** The same with other nodes. */
    public Graph withNodes(List<Node> other) {
      return new Graph(
          name, other, initializers, sparseInitializers, inputs, outputs, types, metadata);
    }

    /** The same with other inputs. */
    public Graph withInputs(List<Value> other) {
      return new Graph(
          name, nodes, initializers, sparseInitializers, other, outputs, types, metadata);
    }
  }

  /**
   * A node.
   *
   * @param op the operator, or the function that it calls
   * @param overload tells functions of one name apart
   * @param inputs names of values; empty where left out
   * @param opsets versions that hold where the node stands: the model's or its function's
   */
  public record Node(
      String name,
      OpId op,
      String overload,
      List<String> inputs,
      List<String> outputs,
      List<Attribute> attributes,
      Scope scope,
      Opsets opsets) {
    /** Copies. */
    public Node {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      attributes = List.copyOf(attributes);
    }

    /** What errors call it. */
    public String origin() {
      return name.isEmpty() ? op.type() : name;
    }

    /** The same with other attributes. */
    public Node withAttributes(List<Attribute> other) {
      return new Node(name, op, overload, inputs, outputs, other, scope, opsets);
    }

    /** The same with other outputs. */
    public Node withOutputs(List<String> other) {
      return new Node(name, op, overload, inputs, other, attributes, scope, opsets);
    }
  }

  /** An attribute. */
  public sealed interface Attribute {
    /** Its name. */
    String name();

    /** The same under another name. */
    Attribute named(String other);
  }

  /** An attribute with a value. */
  public record Plain(String name, org.mindconverter.ir.Attribute value) implements Attribute {
    @Override
    public Attribute named(String other) {
      return new Plain(other, value);
    }
  }

  /** An attribute that is a graph. */
  public record Nested(String name, Graph graph) implements Attribute {
    @Override
    public Attribute named(String other) {
      return new Nested(other, graph);
    }
  }

  /** An attribute, inside of a function, that has the value of the call's attribute. */
  public record Reference(String name, String referred) implements Attribute {
    @Override
    public Attribute named(String other) {
      return new Reference(other, referred);
    }
  }

  /** A value's name, type and what the exporter says of it. */
  public record Value(String name, Type type, Map<String, String> metadata) {
    /** Copies. */
    public Value {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * A type as far as it is told.
   *
   * @param wrappers what the tensor stands in, from the outermost on
   * @param dims empty when not even the rank is told, which {@code ranked} says
   */
  public record Type(
      List<Wrapper> wrappers, ElementType element, boolean ranked, List<DimText> dims) {
    /** Copies. */
    public Type {
      wrappers = List.copyOf(wrappers);
      dims = List.copyOf(dims);
    }

    /** Nothing is told. */
    public static final Type UNKNOWN = tensor(ElementType.UNDEFINED, false, List.of());

    /** A tensor. */
    public static Type tensor(ElementType element, boolean ranked, List<DimText> dims) {
      return new Type(List.of(), element, ranked, dims);
    }

    /** The same inside of one wrapper more. */
    Type wrapped(Wrapper wrapper) {
      List<Wrapper> more = new ArrayList<>(List.of(wrapper));
      more.addAll(wrappers);
      return new Type(more, element, ranked, dims);
    }
  }

  /** What a tensor may stand in. */
  public enum Wrapper {
    /** A sequence of them. */
    SEQUENCE,
    /** A place that may be empty. */
    OPTIONAL
  }

  /**
   * A dimension as it is written.
   *
   * @param size nothing when it is not a number
   * @param text a symbol or an expression; empty when not told
   */
  public record DimText(OptionalLong size, String text) {}

  /**
   * A function of the model.
   *
   * @param required attributes that a call must give
   * @param defaults attributes that a call may give
   */
  public record Function(
      OpId op,
      String overload,
      List<String> inputs,
      List<String> outputs,
      List<String> required,
      List<Attribute> defaults,
      List<Node> nodes) {
    /** Copies. */
    public Function {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      required = List.copyOf(required);
      defaults = List.copyOf(defaults);
      nodes = List.copyOf(nodes);
    }
  }

  /** Versions of operator sets by domain; filled while its model or function is read. */
  public static final class Opsets {
    private final Map<String, Integer> versions = new HashMap<>();

    void add(String domain, int version) {
      versions.merge(domain.equals("ai.onnx") ? "" : domain, version, Math::max);
    }

    /** The version of that domain, which is empty for the standard operators. */
    public OptionalInt version(String domain) {
      Integer version = versions.get(domain);
      return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }
  }
}
