using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guildhall.Platform;

/// <summary>How records are written to jsonb columns and stored files: camel case, enums by name.</summary>
static class JsonColumns
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}
