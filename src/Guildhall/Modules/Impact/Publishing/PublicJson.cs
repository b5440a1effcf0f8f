using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>Public documents as they are sent.</summary>
static class PublicJson
{
    static readonly JsonSerializerOptions indented = new(JsonColumns.Options) { WriteIndented = true };

    public static string Of<T>(T document) => JsonSerializer.Serialize(document, indented);

    /// <summary>Names exactly this text, for whoever asks again (RFC 9110, section 8.8.3).</summary>
    public static string TagOf(string text) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}\"";
}
