using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guildhall.Modules.Programs;

/// <summary>A guardrail in a stored design. Versions of before limits hold its id alone, as text.</summary>
sealed class GuardrailJson : JsonConverter<Guardrail>
{
    public override Guardrail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return new Guardrail(reader.GetString()!);
        var stored = JsonSerializer.Deserialize<Stored>(ref reader, options)!;
        return new Guardrail(stored.OutcomeId, stored.Limit);
    }

    public override void Write(Utf8JsonWriter writer, Guardrail value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, new Stored(value.OutcomeId, value.Limit), options);

    sealed record Stored(string OutcomeId, decimal? Limit);
}
