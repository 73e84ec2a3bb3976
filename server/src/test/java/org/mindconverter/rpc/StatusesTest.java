// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

final class StatusesTest {
  @ParameterizedTest
  @EnumSource
  void sendsEveryCodeWithItsDigits(ErrorCode code) throws InvalidProtocolBufferException {
    StatusRuntimeException status =
        Statuses.from(new ConversionException(code, "where", "what", "how"));
    ErrorInfo info = StatusProto.fromThrowable(status).getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo(code.name());
    assertThat(info.getDomain()).isEqualTo("mindconverter");
    assertThat(info.getMetadataMap())
        .containsEntry("code", code.digits())
        .containsEntry("origin", "where")
        .containsEntry("remedy", "how")
        .hasSize(3);
    assertThat(status.getStatus().getDescription()).isEqualTo("what");
    assertThat(status.getStatus().getCode() == Status.Code.INTERNAL)
        .isEqualTo(code == ErrorCode.INTERNAL);
  }

  @ParameterizedTest
  @EnumSource
  void asksForARetryOnlyWhenItIsBusy(ErrorCode code) {
    StatusRuntimeException status = Statuses.from(new ConversionException(code, "", "what", "how"));
    assertThat(StatusProto.fromThrowable(status).getDetailsList())
        .filteredOn(detail -> detail.is(RetryInfo.class))
        .hasSize(code == ErrorCode.BUSY ? 1 : 0);
  }

  @Test
  void givesEveryCodeItsOwnSevenDigits() {
    assertThat(ErrorCode.values())
        .extracting(ErrorCode::digits)
        .allMatch(digits -> digits.matches("[0-9]{7}"))
        .doesNotHaveDuplicates();
  }
}
