using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Guildhall.Modules.People;

/// <summary>The secret part of a link: 256 random bits. Tables keep its SHA-256, so who reads them can't use the link.</summary>
static class LinkToken
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
