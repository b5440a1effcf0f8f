using Guildhall.Matching;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// What the marketplace knows of a shop and the participant did not say. It isn't asked again. A shop's language counts as a working one: docs/decisions/0010-facts-of-the-shop.md.
/// </summary>
static class KnownOfShops
{
    public static T OrAsTheShop<T>(this T said, ShopFacts? shop) where T : Matching.Participant => shop is null ? said : said with
    {
        Languages = said.Languages is { Count: > 0 } ? said.Languages : Working(shop.Languages),
        TimeZone = said.TimeZone ?? (shop.TimeZone is { } zone && TimeZones.Has(zone) ? zone : null),
    };

    static List<LanguageSkill>? Working(IReadOnlyList<string>? tags) =>
        tags?.Select(LanguageTags.Tag).OfType<string>().Distinct().Select(tag => new LanguageSkill(tag, LanguageLevel.Working)).ToList() is [_, ..] known ? known : null;
}
