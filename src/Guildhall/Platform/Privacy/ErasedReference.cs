using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform.Privacy;

/// <summary>A keyed digest of what the marketplace calls a shop that was erased: it says of a reference that comes again that it must not come in, and of none what it was.</summary>
sealed record ErasedReference(byte[] Digest, DateTimeOffset ErasedAt)
{
    /// <summary>The digest of a column, as SQL: the same wherever references are compared.</summary>
    public static string DigestOf(string column) => $"sha256((SELECT key FROM platform.erasure_key) || convert_to({column}, 'UTF8'))";

    public static void Map(EntityTypeBuilder<ErasedReference> erased)
    {
        erased.ToTable("erased_reference", "platform").HasKey(e => e.Digest);
        erased.NotPersonal(e => e.Digest);
    }
}

/// <summary>The key of those digests, made by the first erasure. Without it nobody can try out which references were erased.</summary>
sealed class ErasureKey
{
    ErasureKey() { }

    /// <summary>Always 1.</summary>
    public int Id { get; private set; }
    public byte[] Key { get; private set; } = [];

    public static void Map(EntityTypeBuilder<ErasureKey> key)
    {
        key.ToTable("erasure_key", "platform", table => table.HasCheckConstraint("one_erasure_key", "id = 1"));
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Secrets(k => k.Key);
    }
}
