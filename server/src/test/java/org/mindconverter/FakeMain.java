// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.List;
import org.mindconverter.convert.Engine;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.testing.Fakes;
import org.mindconverter.testing.Gate;

/** The daemon's program around fakes: what a client names its conversion says what it does. */
final class FakeMain {
  private FakeMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Engine engine = new Engine(byName(), List.of());
    System.exit(new Main(workers -> engine).run(arguments));
  }

  private static ModelConverter byName() {
    ModelConverter echo = Fakes.echo();
    ModelConverter flood = Fakes.flood(1L << 30);
    ModelConverter work = new Gate();
    return (files, options, sink) ->
        switch (options.name()) {
          case "flood" -> flood.convert(files, options, sink);
          case "work" -> work.convert(files, options, sink);
          default -> echo.convert(files, options, sink);
        };
  }
}
