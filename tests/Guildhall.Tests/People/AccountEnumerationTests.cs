using System.Text.RegularExpressions;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.People;

/// <summary>Whoever types an address hears the same, byte for byte, whether anybody has an account with it. The time it takes is measured by `./guildhall prove enumeration`.</summary>
public sealed partial class AccountEnumerationTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Theory]
    [InlineData("/sign-in", "known")]
    [InlineData("/sign-in", "suspended")]
    [InlineData("/sign-in", "shops")]
    [InlineData("/forgotten", "known")]
    [InlineData("/forgotten", "suspended")]
    [InlineData("/sign-in/link", "known")]
    [InlineData("/sign-in/link", "suspended")]
    [InlineData("/sign-in/link", "shops")]
    public async Task Answers_byte_for_byte_the_same(string path, string who)
    {
        // As long as the other one, so that the length of the answer can be compared too.
        var (known, unknown) = (PeopleScene.NewAddress("known"), PeopleScene.NewAddress("other"));
        if (who == "shops") await GivenShop(known);
        else await product.GivenManager(known);
        if (who == "suspended") await product.Database.ExecuteAsync($"UPDATE people.account SET suspended_at = now() WHERE email = '{known}'");
        using var visitor = product.Visitor();

        var ofKnown = await Ask(visitor, path, known);
        var ofUnknown = await Ask(visitor, path, unknown);

        ofUnknown.Status.ShouldBe(ofKnown.Status);
        Bytes(ofUnknown, unknown).ShouldBe(Bytes(ofKnown, known));
        Headers(ofUnknown).ShouldBe(Headers(ofKnown));
        Bytes(ofKnown, known).ShouldContain(path == "/sign-in" ? "belong to an account" : "Look into your mail");
    }

    static Task<Answer> Ask(Browser visitor, string path, string email) =>
        path == "/sign-in" ? visitor.SignIn(email, "some other password") : visitor.Post(path, ("Email", email));

    async Task GivenShop(string email)
    {
        await using var db = product.Database.NewDb();
        db.Add(new Seller { ExternalId = email, Name = "Shop", ContactEmail = email });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    // What is typed comes back on the page, and each answer carries a token of its own.
    static string Bytes(Answer answer, string email)
    {
        var token = Token().Match(answer.Text).Groups["token"].Value;
        return (token.Length == 0 ? answer.Text : answer.Text.Replace(token, "token", StringComparison.Ordinal)).Replace(email, "address", StringComparison.Ordinal);
    }

    static List<string> Headers(Answer answer) => [.. answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)];

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
