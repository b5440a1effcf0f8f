using System.Runtime.InteropServices;
using System.Text;

namespace Guildhall.Modules.Sellers;

/// <summary>Sellers by the marketplace's id, known and not, while a file is read. About 120 bytes a seller, so not more than a million unknown ones are told apart.</summary>
sealed class SellerIds
{
    const int MostUnknown = 1_000_000;

    readonly int known;
    readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    readonly Dictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> lookup;
    readonly byte[] lastId = new byte[800];
    int lastLength = -1;
    Entry last;

    public SellerIds(IEnumerable<(string ExternalId, Guid Id)> sellers)
    {
        foreach (var (externalId, id) in sellers) entries.Add(externalId, new(entries.Count, id));
        known = entries.Count;
        lookup = entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A seller's number in this reading (−1: one too many to be told apart) and, when the seller is known, its id.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Entry(int Number, Guid? Id);

    public Entry Find(ReadOnlySpan<byte> externalId)
    {
        // Most files hold a seller's rows together.
        if (lastLength == externalId.Length && externalId.SequenceEqual(lastId.AsSpan(0, lastLength))) return last;

        Span<char> text = stackalloc char[externalId.Length];
        text = text[..Encoding.UTF8.GetChars(externalId, text)];
        if (!lookup.TryGetValue(text, out last))
        {
            last = entries.Count - known < MostUnknown ? new(entries.Count, null) : new(-1, null);
            if (last.Number >= 0) entries.Add(text.ToString(), last);
        }
        externalId.CopyTo(lastId);
        lastLength = externalId.Length;
        return last;
    }
}
