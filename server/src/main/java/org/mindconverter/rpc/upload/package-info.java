// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Takes in what a client sends, and keeps it on disk while its call lasts. */
package org.mindconverter.rpc.upload;
