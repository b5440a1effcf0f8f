using System.Net;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>Shops with somebody signed in for them, and the answers that they give.</summary>
static class Applicants
{
    static int shops;

    public static readonly IReadOnlyList<(string Step, (string, string)[] Answer)> Suggested =
    [
        // Whichever is offered: the shop’s own category, or before the first figures the main one.
        ("shop", [("Categories", "home"), ("Categories", "home/tableware")]),
        ("about", []),
        ("help", [("Skills", "listing-optimization"), ("Skills", "pricing")]),
        ("goal", [("Target", "3")]),
        ("style", [("Style", "1"), ("Contact", "1")]),
        ("times", [("Times", "tue-afternoon"), ("Times", "thu-morning"), ("TimeZone", "Europe/London")]),
        ("languages", [("Languages", "en")]),
    ];

    /// <summary>A shop that signed up a month ago, with an account at the screen.</summary>
    public static async Task<(Browser Browser, Guid SellerId)> GivenShop(this RunningProduct product, string person = "Amara Osei", DateOnly? signedUpOn = null)
    {
        var number = Interlocked.Increment(ref shops);
        var seller = new Seller
        {
            ExternalId = $"applicant-{number}",
            Name = $"{person}’s shop",
            Category = "home/tableware",
            Languages = ["en", "tw"],
            TimeZone = "Europe/London",
            SignedUpOn = signedUpOn ?? DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime).AddDays(-30),
        };
        await using (var db = product.Database.NewDb())
        {
            db.Add(seller);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        return (await product.Another(person, $"shop{number}@example.com", account => account.ActFor(seller.Id)), seller.Id);
    }

    /// <summary>An open program whose applications close on a day, 31 December 2026 unless said.</summary>
    public static async Task<ProgramScene> GivenOpenProgram(this RunningProduct product)
    {
        var scene = await ProgramScene.GivenProgram(product);
        var publish = $"/manage/{scene.Slug}/setup/publish";
        var seen = (await scene.Manager.Page(publish)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post(publish, ("seen", seen))).Status.ShouldBe(HttpStatusCode.Redirect);
        return scene;
    }

    public static async Task Answers(this Browser shop, string program, IEnumerable<(string Step, (string, string)[] Answer)>? answers = null)
    {
        foreach (var (step, answer) in answers ?? Suggested)
            (await shop.Post($"/apply/{program}/{step}", answer)).Location.ShouldNotBeNull($"the page {step}");
    }

    /// <summary>Everything answered as suggested, and sent.</summary>
    public static async Task Applies(this Browser shop, string program)
    {
        await shop.Answers(program);
        (await shop.Post($"/apply/{program}/check")).Location.ShouldBe($"/apply/{program}/done");
    }
}
