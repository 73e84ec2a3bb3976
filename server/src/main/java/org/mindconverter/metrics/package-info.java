// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Counts what the daemon does, and shows it to Prometheus. */
package org.mindconverter.metrics;
