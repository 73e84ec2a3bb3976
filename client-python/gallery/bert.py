"""Network converted by MindConverter 0.1.0 from ONNX opset 20, made by pytorch 2.15.0+cu132.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Embedding(nn.Cell):
    """torch.nn.modules.sparse.Embedding, such as model.embeddings.word_embeddings."""

    def __init__(self):
        super().__init__()
        self.weight = Parameter(ops.zeros((100, 32), ms.float32))

    def construct(self, x):
        """Shapes in model.embeddings.word_embeddings: (1, 12) -> (1, 12, 32)."""
        rows = ops.gather(self.weight, x, 0)
        x = ops.where(ops.expand_dims(x == 0, -1), ops.stop_gradient(rows), rows)
        return x


class BertEmbeddings(nn.Cell):
    """transformers.models.bert.modeling_bert.BertEmbeddings, such as model.embeddings."""

    def __init__(self):
        super().__init__()
        self.word_embeddings = Embedding()
        self.token_type_embeddings = nn.Embedding(2, 32)
        self.position_embeddings = nn.Embedding(64, 32)
        self.LayerNorm = nn.LayerNorm((32,), epsilon=1e-12)
        self.dropout = nn.Dropout(p=0.1)
        self.gather = ops.zeros((1, 12), ms.int64)
        self.slice_ = ops.arange(12).reshape((1, 12))

    def construct(self, x):
        """Shapes in model.embeddings: (1, 12) -> (1, 12, 32)."""
        inputs_embeds = self.word_embeddings(x)
        token_type_embeddings = self.token_type_embeddings(self.gather)
        embeddings = inputs_embeds + token_type_embeddings
        position_embeddings = self.position_embeddings(self.slice_)
        embeddings = embeddings + position_embeddings
        embeddings = self.LayerNorm(embeddings)
        embeddings = self.dropout(embeddings)
        return embeddings


class BertSelfAttention(nn.Cell):
    """model.encoder.layer.0.attention.self."""

    def __init__(self):
        super().__init__()
        self.query = nn.Dense(32, 32)
        self.key = nn.Dense(32, 32)
        self.value = nn.Dense(32, 32)
        self.dropout = nn.Dropout(p=0.1)

    def construct(self, embeddings, attention_mask):
        """Shapes: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
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
        attn_output = attn_output.flatten(start_dim=2)
        return attn_output


class BertSelfOutput(nn.Cell):
    """model.encoder.layer.0.attention.output."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(32, 32)
        self.dropout = nn.Dropout(p=0.1)
        self.LayerNorm = nn.LayerNorm((32,), epsilon=1e-12)

    def construct(self, attention_output, embeddings):
        """Shapes: (1, 12, 32), (1, 12, 32) -> (1, 12, 32)."""
        hidden_states = self.dense(attention_output)
        hidden_states = self.dropout(hidden_states)
        hidden_states = hidden_states + embeddings
        hidden_states = self.LayerNorm(hidden_states)
        return hidden_states


class BertAttention(nn.Cell):
    """model.encoder.layer.0.attention."""

    def __init__(self):
        super().__init__()
        self.self = BertSelfAttention()
        self.output = BertSelfOutput()

    def construct(self, embeddings, attention_mask):
        """Shapes in model.encoder.layer.0.attention: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        attention_output = self.self(embeddings, attention_mask)
        attention_output = self.output(attention_output, embeddings)
        return attention_output


class BertIntermediate(nn.Cell):
    """model.encoder.layer.0.intermediate."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(32, 48)
        self.intermediate_act_fn = nn.GELU(approximate=False)

    def construct(self, x):
        """Shapes in model.encoder.layer.0.intermediate: (1, 12, 32) -> (1, 12, 48)."""
        hidden_states = self.dense(x)
        hidden_states = self.intermediate_act_fn(hidden_states)
        return hidden_states


class BertOutput(nn.Cell):
    """transformers.models.bert.modeling_bert.BertOutput, such as model.encoder.layer.0.output."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(48, 32)
        self.dropout = nn.Dropout(p=0.1)
        self.LayerNorm = nn.LayerNorm((32,), epsilon=1e-12)

    def construct(self, layer_output, self_attention_output):
        """Shapes in model.encoder.layer.0.output: (1, 12, 48), (1, 12, 32) -> (1, 12, 32)."""
        hidden_states = self.dense(layer_output)
        hidden_states = self.dropout(hidden_states)
        hidden_states = hidden_states + self_attention_output
        hidden_states = self.LayerNorm(hidden_states)
        return hidden_states


class BertLayer(nn.Cell):
    """transformers.models.bert.modeling_bert.BertLayer, such as model.encoder.layer.0."""

    def __init__(self):
        super().__init__()
        self.attention = BertAttention()
        self.intermediate = BertIntermediate()
        self.output = BertOutput()

    def construct(self, embeddings, attention_mask):
        """Shapes in model.encoder.layer.0: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        self_attention_output = self.attention(embeddings, attention_mask)
        layer_output = self.intermediate(self_attention_output)
        layer_output = self.output(layer_output, self_attention_output)
        return layer_output


class BertEncoder(nn.Cell):
    """transformers.models.bert.modeling_bert.BertEncoder, such as model.encoder."""

    def __init__(self):
        super().__init__()
        self.layer = nn.CellList([BertLayer(), BertLayer()])

    def construct(self, embedding_output, attention_mask):
        """Shapes in model.encoder: (1, 12, 32), (1, 1, 12, 12) -> (1, 12, 32)."""
        hidden_states = embedding_output
        for layer in self.layer:
            hidden_states = layer(hidden_states, attention_mask)
        return hidden_states


class BertPooler(nn.Cell):
    """transformers.models.bert.modeling_bert.BertPooler, such as model.pooler."""

    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(32, 32)
        self.activation = nn.Tanh()

    def construct(self, x):
        """Shapes in model.pooler: (1, 12, 32) -> (1, 32)."""
        first_token_tensor = x[:, 0]
        pooled_output = self.dense(first_token_tensor)
        pooled_output = self.activation(pooled_output)
        return pooled_output


class BertModel(nn.Cell):
    """transformers.models.bert.modeling_bert.BertModel, such as model."""

    def __init__(self):
        super().__init__()
        self.embeddings = BertEmbeddings()
        self.encoder = BertEncoder()
        self.pooler = BertPooler()
        self.ge = ops.ones((1, 1, 12, 1), ms.bool_)

    def construct(self, inputs, inputs_1):
        """Shapes in model: (1, 12), (1, 12) -> (1, 12, 32), (1, 32)."""
        embedding_output = self.embeddings(inputs)
        attention_mask = inputs_1.astype(ms.bool_)
        attention_mask = attention_mask.reshape((1, 1, 1, 12))
        attention_mask = self.ge & attention_mask
        encoder_outputs = self.encoder(embedding_output, attention_mask)
        pooled_output = self.pooler(encoder_outputs)
        return encoder_outputs, pooled_output


class Positional(nn.Cell):
    def __init__(self):
        super().__init__()
        self.model = BertModel()

    def construct(self, inputs_0, inputs_1):
        """Shapes: (1, 12), (1, 12) -> (1, 12, 32), (1, 32)."""
        layer_norm, tanh = self.model(inputs_0, inputs_1)
        return layer_norm, tanh


MindSporeModel = Positional
