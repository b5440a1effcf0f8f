using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

/// <summary>How a program matches: rules, weights, pins, bars and waivers, as managers last left them.</summary>
sealed class MatchingRules
{
    MatchingRules() { }

    public MatchingRules(Guid programId, MatchSettings settings, Actor by, DateTimeOffset now) =>
        (ProgramId, Settings, ChangedBy, ChangedAt) = (programId, settings, by.AccountId, now);

    public Guid ProgramId { get; private set; }
    public MatchSettings Settings { get; private set; } = null!;
    public Guid ChangedBy { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>What a form carries back, so that the second of two managers is told.</summary>
    public uint RowVersion { get; private set; }

    public Result<MatchingRules> Change(MatchSettings settings, Actor by, DateTimeOffset now)
    {
        if (Matcher.Check(settings) is [var unusable, ..]) return SettingWords.Refused(unusable, settings);
        if (settings.Rules.FirstOrDefault(rule => IsSetByCharter(rule.Rule) && rule.Strength != RuleStrength.Required) is { } weakened)
            return Refusal.Invalid("set_by_charter", $"The rule {MatchWording.Name(weakened)} is always on, set by the charter. Nothing was changed. Sign a waiver for one pair instead.");
        (Settings, ChangedBy, ChangedAt) = (settings, by.AccountId, now);
        return this;
    }

    /// <summary>Conflicts of interest hold by the charter and can only be waived, pair by pair. How close a trade is too close is the program's to say, and so is what a declared one means.</summary>
    public static bool IsSetByCharter(Rule rule) => RuleSetting.IsConflictOfInterest(rule) && rule is not (Rule.SameTrade or Rule.DeclaredCompetition);

    public static void Map(EntityTypeBuilder<MatchingRules> rules)
    {
        rules.HasKey(r => r.ProgramId);
        rules.Property(r => r.ProgramId).ValueGeneratedNever();
        rules.Property(r => r.RowVersion).IsRowVersion();
        rules.Property(r => r.Settings).HasColumnType("jsonb").HasConversion(
            settings => JsonSerializer.Serialize(settings, JsonColumns.Options),
            json => JsonSerializer.Deserialize<MatchSettings>(json, JsonColumns.Options)!);
        rules.Mentions(r => r.Settings);
    }
}
