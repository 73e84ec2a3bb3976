// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.mindconverter.client.ClientSettings;
import org.mindconverter.client.ConversionFailedException;
import org.mindconverter.client.ConversionResult;
import org.mindconverter.client.MindConverterClient;

/** Converts an ONNX file: {@code ConvertOneModel localhost:50051 resnet18.onnx output}. */
final class ConvertOneModel {
  private ConvertOneModel() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ClientSettings settings = ClientSettings.of(arguments[0]).withDeadline(Duration.ofMinutes(10));
    try (MindConverterClient client = MindConverterClient.of(settings)) {
      ConversionResult result = client.convert(Path.of(arguments[1]), Path.of(arguments[2]));
      System.out.println("network: " + result.script());
      result.checkpoint().ifPresent(file -> System.out.println("weights: " + file));
      result.report().forEach(finding -> System.out.println(finding.getMessage()));
    } catch (ConversionFailedException e) {
      System.err.println(e.getMessage());
    }
  }
}
