// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bytes that are no message of a method as an empty one, which the method then refuses.
 *
 * <p>Left to itself grpc-java takes them for a failure of the server: UNKNOWN, and a stack trace in
 * the log for every client that sends garbage.
 */
final class TolerantParsing {
  private TolerantParsing() {}

  /** The same service, reading that way. */
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    service.getMethods().forEach(method -> methods.add(tolerant(method)));
    // With the schema of the strict one: reflection tells it.
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder tolerant = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(tolerant::addMethod);
    return tolerant.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> tolerant(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> strict = method.getMethodDescriptor();
    PrototypeMarshaller<Q> requests = (PrototypeMarshaller<Q>) strict.getRequestMarshaller();
    return ServerMethodDefinition.create(
        strict.toBuilder(new TolerantMarshaller<>(requests), strict.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  private record TolerantMarshaller<T>(PrototypeMarshaller<T> strict) implements Marshaller<T> {
    @Override
    public InputStream stream(T message) {
      return strict.stream(message);
    }

    @Override
    public T parse(InputStream bytes) {
      try {
        return strict.parse(bytes);
      } catch (StatusRuntimeException e) {
        return strict.getMessagePrototype();
      }
    }
  }
}
