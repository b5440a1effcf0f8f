using System.Globalization;
using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>A mentor's last place, asked for by two hundred connections at once through two nodes of one database.</summary>
public sealed class LastPlaceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const int Requests = 12;
    const int Connections = 200;

    // `./guildhall prove places` has 50.
    static int Tries => int.TryParse(Environment.GetEnvironmentVariable("GUILDHALL_TRIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 5;

    [Fact]
    public async Task Goes_to_one_request_whatever_node_is_asked()
    {
        var scene = await MeetScene.GivenSigned(product, Requests);
        // They were asked about twelve, and have one place by now.
        await MeetScene.BringIn(scene.Scene, "mentor", "id,capacity", [$"{scene.Mentor.ExternalId},1"]);
        List<string> pages = [];
        for (var request = 0; request < Requests; request++) pages.Add(await scene.MentorPage(request));
        await using var node = product.AnotherNode();
        await node.StartAsync(TestContext.Current.CancellationToken);
        using var other = new Browser(new Uri(node.Urls.Single()));
        (await other.SignIn(scene.Mentor.Email, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
        // Each has its form before the race begins.
        foreach (var browser in new[] { scene.Mentor.Browser, other }) (await browser.Post($"{pages[0]}/decline")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var answers = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            var (browser, page) = (connection % 2 == 0 ? scene.Mentor.Browser : other, pages[connection % Requests]);
            List<(string Page, Answer Answer)> given = [];
            for (var attempt = 0; attempt < Tries; attempt++) given.Add((page, await browser.Post($"{page}/accept")));
            return given;
        }));

        var all = answers.SelectMany(given => given).ToList();
        var won = all.Where(one => one.Answer.Location is not null).ToList();
        all.Count.ShouldBe(Connections * Tries);
        won.Select(one => one.Page).Distinct().ShouldHaveSingleItem();
        won.ShouldAllBe(one => one.Answer.Location == $"{one.Page}?did=accepted");
        all.Where(one => one.Answer.Location is null).ShouldAllBe(one => one.Answer.Status == HttpStatusCode.Conflict && one.Page != won[0].Page);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.proposal p JOIN enrollment.participant e ON e.id = p.mentor_id WHERE e.seller_id = '{scene.Mentor.SellerId}' AND p.mentor_accepted_at IS NOT NULL")).ShouldBe(1);
        await node.StopAsync(TestContext.Current.CancellationToken);
    }
}
