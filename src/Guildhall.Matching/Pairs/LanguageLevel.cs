using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>How well a language is spoken. A conversation works when both speak it at <see cref="Working"/> or better.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LanguageLevel>))]
public enum LanguageLevel
{
    /// <summary>Greetings and simple facts.</summary>
    Basic = 1,

    /// <summary>Can work in it.</summary>
    Working = 2,

    /// <summary>At ease in it.</summary>
    Fluent = 3,

    /// <summary>Mother tongue.</summary>
    Native = 4,
}
