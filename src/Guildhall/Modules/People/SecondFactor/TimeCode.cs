using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Guildhall.Modules.People;

/// <summary>The six digits that an authenticator app and we make of one secret and the time (RFC 6238 with its defaults: HMAC-SHA-1, steps of 30 seconds).</summary>
static class TimeCode
{
    public const int Digits = 6;
    public const int SecretBytes = 20;

    const int StepSeconds = 30;

    /// <summary>A clock that is a step off, or a person who types slowly, still gets in (RFC 6238, 5.2).</summary>
    const int StepsOff = 1;

    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The one algorithm that every authenticator app knows; what weakens SHA-1 elsewhere, collisions, says nothing here.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <returns>The step that this code belongs to; null when it belongs to none around now.</returns>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now)
    {
        long? found = null;
        for (var step = StepOf(now) - StepsOff; step <= StepOf(now) + StepsOff; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(At(secret, step)), Encoding.UTF8.GetBytes(code))) found = step;
        }

        return found;
    }

    /// <summary>The secret as people type it into an app that can't read the picture: RFC 4648 base 32 in groups of four.</summary>
    public static string Typed(byte[] secret) => string.Join(' ', Encoded(secret).Chunk(4).Select(group => new string(group)));

    /// <summary>What the picture says to the app (github.com/google/google-authenticator/wiki/Key-Uri-Format).</summary>
    public static string Address(byte[] secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Encoded(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    static string Encoded(byte[] secret)
    {
        var text = new StringBuilder();
        for (var bit = 0; bit < secret.Length * 8; bit += 5)
        {
            var pair = (secret[bit / 8] << 8) | (bit / 8 + 1 < secret.Length ? secret[bit / 8 + 1] : 0);
            text.Append(Base32[(pair >> (11 - bit % 8)) & 31]);
        }

        return text.ToString();
    }
}
