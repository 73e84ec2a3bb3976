// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.Optional;

/** The failures that a caller can meet, each written once. */
final class Failures {
  private static final String DOMAIN = "mindconverter";

  private Failures() {}

  /** The failure that ended a call, in the server's own words where it has said any. */
  static ConversionFailedException ended(StatusException status, String target) {
    return info(status)
        .map(info -> told(info, status.getStatus()))
        .orElseGet(() -> untold(status.getStatus(), target));
  }

  /** An answer that breaks the service's rules. */
  static ConversionFailedException broken(String path, String message) {
    return new ConversionFailedException(
        "BROKEN_ANSWER", "0000023", path, message, "use a server of the client's version");
  }

  /** A file of an earlier conversion stands where a result belongs. */
  static ConversionFailedException exists(Path file) {
    return new ConversionFailedException(
        "SCRIPT_GENERATION",
        "2000002",
        file.toString(),
        "the file exists",
        "choose another folder or name, or ask to replace what is there");
  }

  /** Tensor data that the model keeps outside of itself cannot be had. */
  static ConversionFailedException external(String key, String message) {
    return new ConversionFailedException(
        "MISSING_EXTERNAL_DATA",
        "1000004",
        key,
        message,
        "put the file where the model refers to it, below the model's own folder");
  }

  private static Optional<ErrorInfo> info(StatusException status) {
    com.google.rpc.Status details = StatusProto.fromThrowable(status);
    for (Any detail : details.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return Optional.of(detail.unpack(ErrorInfo.class))
              .filter(info -> info.getDomain().equals(DOMAIN));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty(); // Then the plain status is all that it told.
        }
      }
    }
    return Optional.empty();
  }

  private static ConversionFailedException told(ErrorInfo info, Status status) {
    return new ConversionFailedException(
        info.getReason(),
        info.getMetadataOrDefault("code", "0000000"),
        info.getMetadataOrDefault("origin", ""),
        description(status),
        info.getMetadataOrDefault("remedy", ""));
  }

  private static ConversionFailedException untold(Status status, String target) {
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          at(
              target,
              status,
              "SERVER_UNREACHABLE",
              "0000020",
              "start the server, or correct its address");
      case UNIMPLEMENTED ->
          at(target, status, "NOT_A_SERVER", "0000022", "check the address and the port");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          at(target, status, "UNAUTHENTICATED", "0000007", "give the server's token");
      case DEADLINE_EXCEEDED ->
          at(target, status, "DEADLINE_EXCEEDED", "0000008", "give it more time");
      case RESOURCE_EXHAUSTED ->
          at(target, status, "BUSY", "0000006", "try again later, or with a smaller model");
      case CANCELLED ->
          at(
              target,
              status,
              "CANCELLED",
              "0000009",
              "try again; the server or a proxy ended the call");
      default -> at(target, status, "INTERNAL", "0000000", "report it, with the server's log");
    };
  }

  private static ConversionFailedException at(
      String target, Status status, String reason, String code, String remedy) {
    return new ConversionFailedException(reason, code, target, description(status), remedy);
  }

  private static String description(Status status) {
    return Optional.ofNullable(status.getDescription()).orElse(status.getCode().name());
  }
}
