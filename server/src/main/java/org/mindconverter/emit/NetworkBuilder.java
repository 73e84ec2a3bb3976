// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.Graph;
import org.mindconverter.op.OperatorCatalog;
import org.mindconverter.python.PrintedModule;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyPrinter;
import org.mindconverter.python.PyStmt;

/** Turns a simplified graph into a network: every decision about names and classes is made here. */
public final class NetworkBuilder {
  private final OperatorCatalog catalog;

  /** A builder over operators of that catalog. */
  public NetworkBuilder(OperatorCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The network of a graph.
   *
   * @param given the graph
   * @param names what the source calls the stored tensors
   * @param wantedClass what to call the class of the whole
   * @param header what the script says of itself
   */
  public Network build(Graph given, SourceNames names, String wantedClass, String header) {
    ForeignWeights.Shown shown = ForeignWeights.shown(given, names);
    Graph graph = shown.graph();
    NodeLowering lowering = new NodeLowering(catalog, shown);
    List<LoweredNode> mapped = lowering.live();
    ModuleCall sketch = ModuleTree.of(mapped, wantedClass);
    List<LoweredNode> nodes = DimCarriers.resolved(sketch, graph, new Liveness(mapped, graph));
    ModuleCall root = ModuleTree.of(nodes, wantedClass);

    ClassRegistry classes = new ClassRegistry();
    ModuleForms forms = new ModuleForms(graph, new Liveness(nodes, graph), classes, names);
    RootClass written = RootClass.write(forms, root, classes, Names.camelCase(wantedClass));

    Cancellation.poll();
    PrintedModule script = PyPrinter.print(module(header, nodes, classes, written.className()));
    return network(written, script, nodes, classes);
  }

  private static List<PyStmt> module(
      String header, List<LoweredNode> nodes, ClassRegistry classes, String className) {
    List<PyStmt> body = new ArrayList<>(Placeholders.classes(nodes));
    List<PyStmt> definitions = DirectReturns.written(Inheritance.written(classes.merged()));
    Group.usedBy(definitions).ifPresent(body::add);
    body.addAll(definitions);
    body.add(PyStmt.Assign.of(Py.name("MindSporeModel"), Py.name(className)));
    List<PyStmt> module = new ArrayList<>();
    module.add(new PyStmt.Docstring(header));
    module.addAll(Imports.of(body));
    module.addAll(body);
    return module;
  }

  private static Network network(
      RootClass root, PrintedModule script, List<LoweredNode> nodes, ClassRegistry classes) {
    Map<String, String> firstNames = TiedParameters.firstNames(root.parameters());
    List<Network.Parameter> parameters = new ArrayList<>();
    for (ParameterEntry entry : root.parameters()) {
      if (!firstNames.containsKey(entry.name())) {
        parameters.add(new Network.Parameter(entry.name(), entry.value()));
      }
    }
    List<Network.Tied> tied = new ArrayList<>();
    firstNames.forEach((name, first) -> tied.add(new Network.Tied(name, first)));
    List<Network.Operator> operators = new ArrayList<>();
    for (LoweredNode node : nodes) {
      operators.add(
          new Network.Operator(
              node.node(),
              node.lowered().describe(),
              node.refusal(),
              script.place(classes.canonical(node.index()))));
    }
    return new Network(root.className(), root.inputNames(), script, parameters, tied, operators);
  }
}
