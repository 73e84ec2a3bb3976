"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class BertEmbeddings(nn.Cell):
    """transformers.models.bert.modeling_bert.BertEmbeddings, such as embeddings."""

    def __init__(self):
        super().__init__()
        self.word_embeddings = nn.Embedding(100, 32)
        self.token_type_embeddings = nn.Embedding(2, 32)
        self.position_embeddings = nn.Embedding(64, 32)
        self.LayerNorm = nn.LayerNorm((32,), epsilon=1e-12)
        self.dropout = nn.Dropout(p=0.1)
        self.gather = ops.zeros((1, 12), ms.int64)
        self.slice_ = ops.arange(12).reshape((1, 12))

    def construct(self, x):
        """Shapes in embeddings: (1, 12) -> (1, 12, 32)."""
        rows = self.word_embeddings(x)
        inputs_embeds = ops.where(ops.expand_dims(x == 0, -1), ops.stop_gradient(rows), rows)
        token_type_embeddings = self.token_type_embeddings(self.gather)
        embeddings = inputs_embeds + token_type_embeddings
        position_embeddings = self.position_embeddings(self.slice_)
        embeddings = embeddings + position_embeddings
        embeddings = self.LayerNorm(embeddings)
        return self.dropout(embeddings)


class BertSelfAttention(nn.Cell):
    """encoder.layer.0.attention.self."""

    def __init__(self):
        super().__init__()
        self.query = nn.Dense(32, 32)
        self.key = nn.Dense(32, 32)
        self.value = nn.Dense(32, 32)
        self.dropout = nn.Dropout(p=0.1)

    def construct(self, embeddings, attention_mask):
        """Shapes in encoder.layer.0.attention.self: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        query_layer = self.query(embeddings)
        query_layer = query_layer.reshape((1, 12, -1, 8))
        query_layer = query_layer.transpose((0, 2, 1, 3))
        key_layer = self.key(embeddings)
        key_layer = key_layer.reshape((1, 12, -1, 8))
        key_layer = key_layer.transpose((0, 2, 1, 3))
        value_layer = self.value(embeddings)
        value_layer = value_layer.reshape((1, 12, -1, 8))
        value_layer = value_layer.transpose((0, 2, 1, 3))
        attn_output = ops.where(attention_mask, 0.0, -3.4028235e+38)
        scores = ops.matmul(query_layer, key_layer.transpose((0, 1, 3, 2))) * 0.35355338
        scores = scores + attn_output
        attn_output = ops.softmax(scores, -1)
        attn_output = self.dropout(attn_output)
        attn_output = ops.matmul(attn_output, value_layer)
        attn_output = attn_output.transpose((0, 2, 1, 3))
        return attn_output.flatten(start_dim=2)


class BertSelfOutput(nn.Cell):
    """encoder.layer.0.attention.output."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(32, 32)
        self.dropout = nn.Dropout(p=0.1)
        self.LayerNorm = nn.LayerNorm((32,), epsilon=1e-12)

    def construct(self, attention_output, embeddings):
        """Shapes in encoder.layer.0.attention.output: (1, 12, 32), (1, 12, 32) -> (1, 12, 32)."""
        hidden_states = self.dense(attention_output)
        hidden_states = self.dropout(hidden_states)
        hidden_states = hidden_states + embeddings
        return self.LayerNorm(hidden_states)


class BertAttention(nn.Cell):
    """transformers.models.bert.modeling_bert.BertAttention, such as encoder.layer.0.attention."""

    def __init__(self):
        super().__init__()
        self.self = BertSelfAttention()
        self.output = BertSelfOutput()

    def construct(self, embeddings, attention_mask):
        """Shapes in encoder.layer.0.attention: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        attention_output = self.self(embeddings, attention_mask)
        return self.output(attention_output, embeddings)


class BertIntermediate(nn.Cell):
    """encoder.layer.0.intermediate."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(32, 48)
        self.intermediate_act_fn = nn.GELU(approximate=False)

    def construct(self, x):
        """Shapes in encoder.layer.0.intermediate: (1, 12, 32) -> (1, 12, 48)."""
        hidden_states = self.dense(x)
        return self.intermediate_act_fn(hidden_states)


class BertOutput(nn.Cell):
    """transformers.models.bert.modeling_bert.BertOutput, such as encoder.layer.0.output."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(48, 32)
        self.dropout = nn.Dropout(p=0.1)
        self.LayerNorm = nn.LayerNorm((32,), epsilon=1e-12)

    def construct(self, layer_output, self_attention_output):
        """Shapes in encoder.layer.0.output: (1, 12, 48), (1, 12, 32) -> (1, 12, 32)."""
        hidden_states = self.dense(layer_output)
        hidden_states = self.dropout(hidden_states)
        hidden_states = hidden_states + self_attention_output
        return self.LayerNorm(hidden_states)


class BertLayer(nn.Cell):
    """transformers.models.bert.modeling_bert.BertLayer, such as encoder.layer.0."""

    def __init__(self):
        super().__init__()
        self.attention = BertAttention()
        self.intermediate = BertIntermediate()
        self.output = BertOutput()

    def construct(self, embeddings, attention_mask):
        """Shapes in encoder.layer.0: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        self_attention_output = self.attention(embeddings, attention_mask)
        layer_output = self.intermediate(self_attention_output)
        return self.output(layer_output, self_attention_output)


class BertEncoder(nn.Cell):
    """transformers.models.bert.modeling_bert.BertEncoder, such as encoder."""

    def __init__(self):
        super().__init__()
        self.layer = nn.CellList([BertLayer(), BertLayer()])

    def construct(self, embedding_output, attention_mask):
        """Shapes in encoder: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        hidden_states = embedding_output
        for layer in self.layer:
            hidden_states = layer(hidden_states, attention_mask)
        return hidden_states


class BertPooler(nn.Cell):
    """transformers.models.bert.modeling_bert.BertPooler, such as pooler."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(32, 32)
        self.activation = nn.Tanh()

    def construct(self, x):
        """Shapes in pooler: (1, 12, 32) -> (1, 32)."""
        first_token_tensor = x[:, 0]
        pooled_output = self.dense(first_token_tensor)
        return self.activation(pooled_output)


class BertModel(nn.Cell):
    def __init__(self):
        super().__init__()
        self.embeddings = BertEmbeddings()
        self.encoder = BertEncoder()
        self.pooler = BertPooler()
        self.ge = ops.ones((1, 1, 12, 1), ms.bool_)

    def construct(self, input_ids, attention_mask):
        """Shapes: (1, 12), (1, 12) -> (1, 12, 32), (1, 32)."""
        embedding_output = self.embeddings(input_ids)
        attention_mask = attention_mask.astype(ms.bool_)
        attention_mask = attention_mask.reshape((1, 1, 1, 12))
        attention_mask = self.ge & attention_mask
        encoder_outputs = self.encoder(embedding_output, attention_mask)
        pooled_output = self.pooler(encoder_outputs)
        return encoder_outputs, pooled_output


MindSporeModel = BertModel
