using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Experiments;

/// <summary>
/// Lots were drawn for the places of a program, because more mentees waited than there were places. Written once with its lots: the database refuses to change or remove either, whoever asks, and to draw again while the last draw holds.
/// </summary>
sealed class Draw
{
    /// <summary>Nobody who lost waits longer than this, whatever comes of the places.</summary>
    public const int LongestWaitWeeks = 26;

    Draw() { }

    public Draw(ProgramFacts program, int number, byte[] seed, int places, DateOnly drawnOn, DateOnly waitsUntil, Actor by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (ProgramId, ProgramVersion, Number, Seed, Places) = (program.Id, program.Version, number, seed, places);
        (DrawnOn, WaitsUntil, DrawnBy, DrawnAt) = (drawnOn, waitsUntil, by.AccountId, now);
    }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>1 is the program's first.</summary>
    public int Number { get; private set; }

    /// <summary>The version of the program's rules on that day.</summary>
    public int ProgramVersion { get; private set; }

    /// <summary>32 bytes that nobody could choose or guess. With the list they are the whole draw: <see cref="Lots"/> gives the same winners again.</summary>
    public byte[] Seed { get; private set; } = [];
    public int Places { get; private set; }

    /// <summary>The day of the draw where the marketplace is.</summary>
    public DateOnly DrawnOn { get; private set; }

    /// <summary>From this day on, who lost is free to be matched again.</summary>
    public DateOnly WaitsUntil { get; private set; }
    public Guid DrawnBy { get; private set; }
    public DateTimeOffset DrawnAt { get; private set; }

    public static void Map(EntityTypeBuilder<Draw> draw)
    {
        draw.Property(d => d.Id).ValueGeneratedNever();
        draw.HasIndex(d => new { d.ProgramId, d.Number }).IsUnique();
        draw.NotPersonal(d => d.Seed);
    }
}

/// <summary>Somebody who took part in a draw, and what came out for them.</summary>
sealed class Lot
{
    Lot() { }

    public Lot(Draw draw, DrawnTicket drawn)
    {
        (DrawId, ParticipantId, SellerId) = (draw.Id, drawn.Ticket.ParticipantId, drawn.Ticket.SellerId);
        (Tier, IsFirst, OddsShare, HasWon) = (drawn.Ticket.Tier, drawn.Ticket.IsFirst, drawn.OddsShare, drawn.HasWon);
    }

    public Guid DrawId { get; private set; }
    public Guid ParticipantId { get; private set; }
    public Guid SellerId { get; private set; }

    /// <summary>Null for who has none of the program's.</summary>
    public TierName? Tier { get; private set; }

    /// <summary>They had waited by lot before, and came before everybody else.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>The chance they had, 0 to 1.</summary>
    public double OddsShare { get; private set; }
    public bool HasWon { get; private set; }

    public Ticket Ticket => new(ParticipantId, SellerId, Tier, IsFirst);

    public static void Map(EntityTypeBuilder<Lot> lot)
    {
        lot.HasKey(l => new { l.DrawId, l.ParticipantId });
        lot.HasIndex(l => l.ParticipantId);
        lot.HasOne<Draw>().WithMany().HasForeignKey(l => l.DrawId);
        lot.Ignore(l => l.Ticket);
        // Ids and what lots decided: it stays, frozen, when the shop is erased, because what a draw shows is counted from everybody who was in it.
        lot.BelongsToSeller(l => l.SellerId);
    }
}

/// <summary>What the model can't say of draws.</summary>
static class DrawSql
{
    // Needs the extension btree_gist, which Sessions made.
    public const string Rules = """
        ALTER TABLE experiments.draw ADD CONSTRAINT one_draw_holds EXCLUDE USING gist (program_id WITH =, daterange(drawn_on, waits_until) WITH &&);
        CREATE FUNCTION experiments.refuse_change_of_draw() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'Lots are drawn once. What was drawn stays as it is.' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON experiments.draw FOR EACH STATEMENT EXECUTE FUNCTION experiments.refuse_change_of_draw();
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON experiments.lot FOR EACH STATEMENT EXECUTE FUNCTION experiments.refuse_change_of_draw();
        """;

    public const string Down = "DROP FUNCTION experiments.refuse_change_of_draw";
}
