using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform;

/// <summary>The one marketplace that this installation serves: what pages call it, the currency of its money, the zone of its days.</summary>
sealed class Marketplace
{
    public const int NameLimit = 80;

    Marketplace() { }

    Marketplace(string name, Currency currency, string timeZone) => (Name, CurrencyCode, TimeZone) = (name, currency.Code, timeZone);

    /// <summary>Always 1: the table holds one row, and its key says so.</summary>
    public int Id { get; private set; } = 1;

    public string Name { get; private set; } = "";

    public string CurrencyCode { get; private set; } = "";

    /// <summary>IANA name, such as America/Sao_Paulo.</summary>
    public string TimeZone { get; private set; } = "";

    public uint RowVersion { get; private set; }

    public Currency Currency => Currency.Find(CurrencyCode)!;

    /// <summary>Renames the marketplace. Its currency stays: amounts already stored are in it.</summary>
    public Result<Marketplace> Change(string name, string timeZone)
    {
        name = name.Trim();
        if (Refusal.Together(NameProblem(name), ZoneProblem(timeZone)) is { } problems) return problems;
        (Name, TimeZone) = (name, timeZone);
        return this;
    }

    public static Result<Marketplace> Found(string name, string currency, string timeZone)
    {
        name = name.Trim();
        var known = Currency.Find(currency);
        var unknown = known is null ? Refusal.Invalid("currency", "Choose a currency from the list, such as USD.", "CurrencyCode") : null;
        return Refusal.Together(NameProblem(name), unknown, ZoneProblem(timeZone)) is { } problems ? problems : new Marketplace(name, known!, timeZone);
    }

    static Refusal? NameProblem(string name) =>
        name.Length is 0 or > NameLimit ? Refusal.Invalid("name", $"Enter the marketplace’s name, up to {NameLimit} characters.", "Name") : null;

    static Refusal? ZoneProblem(string timeZone) =>
        TimeZones.Has(timeZone)
            ? null
            : Refusal.Invalid("time_zone", "Choose a time zone from the list, such as America/New_York.", "TimeZone");

    public static void Map(EntityTypeBuilder<Marketplace> marketplace)
    {
        marketplace.ToTable("marketplace", "platform", table => table.HasCheckConstraint("one_marketplace", "id = 1"));
        marketplace.Property(m => m.Id).ValueGeneratedNever();
        marketplace.Property(m => m.Name).HasMaxLength(NameLimit);
        marketplace.Property(m => m.CurrencyCode).HasMaxLength(3);
        marketplace.Property(m => m.TimeZone).HasMaxLength(64);
        marketplace.Property(m => m.RowVersion).IsRowVersion();
        marketplace.Ignore(m => m.Currency);
        marketplace.NotPersonal(m => m.Name, m => m.CurrencyCode, m => m.TimeZone);
    }
}
