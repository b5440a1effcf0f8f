using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

/// <summary>A form that is sent again, because its answer got lost or somebody pressed twice: done once, answered the same.</summary>
public sealed class SentFormTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const int Duplicates = 20;
    const int KeysAtOnce = 10;

    // `./guildhall prove forms` sends 1,000.
    static int Keys => int.TryParse(Environment.GetEnvironmentVariable("GUILDHALL_KEYS"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 100;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_done_once_whatever_node_is_asked_and_however_often()
    {
        var here = await product.Manager();
        await using var node = product.AnotherNode();
        await node.StartAsync(Stop);
        using var there = new Browser(new Uri(node.Urls.Single()));
        (await there.SignIn(RunningProduct.ManagerEmail, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
        foreach (var browser in new[] { here, there }) (await browser.Page("/manage/new")).ShouldNotBeNull();

        List<Answer[]> answers = [];
        // As many at once as one machine can send.
        foreach (var keys in Enumerable.Range(0, Keys).Chunk(KeysAtOnce))
            answers.AddRange(await Task.WhenAll(keys.Select(key => Task.WhenAll(Enumerable.Range(0, Duplicates).Select(again => Send(again % 2 == 0 ? here : there, $"race-{key}", $"Race {key}"))))));

        (await Programs("Race %")).ShouldBe(Keys);
        foreach (var (key, given) in answers.Index())
        {
            given.ShouldAllBe(answer => answer.Status == HttpStatusCode.Redirect || answer.Status == HttpStatusCode.Conflict);
            given.Where(answer => answer.Status == HttpStatusCode.Conflict).ShouldAllBe(answer => answer.Text.Contains("\"title\":\"in_progress\""));
            var place = given.Where(answer => answer.Location is not null).Select(answer => answer.Location).Distinct().ShouldHaveSingleItem();
            var later = await Send(there, $"race-{key}", $"Race {key}");
            (later.Status, later.Location, later.Bytes.Length).ShouldBe((HttpStatusCode.Redirect, place, 0));
        }
    }

    [Fact]
    public async Task Is_answered_again_when_the_answer_was_lost_on_the_way()
    {
        var manager = await product.Manager();
        await using var proxy = new LosingProxy(product.Address);
        using var phone = new Browser(proxy.Address);
        (await phone.SignIn(RunningProduct.ManagerEmail, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.Redirect);
        await phone.Page("/manage/new");

        proxy.LosesAnswers = true;
        await Should.ThrowAsync<HttpRequestException>(() => Send(phone, "lost", "Lost answer"));
        proxy.LosesAnswers = false;
        var again = await Send(phone, "lost", "Lost answer");

        (again.Status, again.Location).ShouldBe((HttpStatusCode.Redirect, (await Send(manager, "lost", "Lost answer")).Location));
        (await Programs("Lost answer")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_refused_with_other_words_under_the_same_key()
    {
        var manager = await product.Manager();
        await Send(manager, "taken", "First words");

        var other = await Send(manager, "taken", "Other words");
        var elsewhere = await Send(manager, "taken", "First words", "/manage/new?x=1");

        foreach (var answer in new[] { other, elsewhere })
        {
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            answer.Text.ShouldContain("Something else was sent under this key before.");
        }
        (await Programs("First words"), await Programs("Other words")).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Needs_a_key_that_can_be_read()
    {
        var manager = await product.Manager();

        foreach (var key in new[] { "", new string('k', SentForms.LongestKey + 1) })
        {
            var answer = await Send(manager, key, "Unreadable key");
            (answer.Status, answer.Text.Contains("Nothing was done.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        }
        (await Programs("Unreadable key")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_taken_again_under_its_key_after_a_refusal()
    {
        var manager = await product.Manager();

        (await Send(manager, "put-right", "")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Send(manager, "put-right", "Put right")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Is_another_form_when_somebody_else_sends_it()
    {
        var manager = await product.Manager();
        var other = await product.AnotherManager("Omar Haddad", "omar@example.com");

        (await Send(manager, "shared", "Mine of two")).Location.ShouldNotBe((await Send(other, "shared", "Yours of two")).Location);

        (await Programs("% of two")).ShouldBe(2);
    }

    [Fact]
    public async Task Whose_node_died_over_it_is_said_to_be_not_known()
    {
        var manager = await product.Manager();
        await Send(manager, "died", "Died over it");
        await product.Database.ExecuteAsync("UPDATE platform.sent_form SET status = NULL, began_at = began_at - interval '3 minutes' WHERE content = (SELECT content FROM platform.sent_form ORDER BY began_at DESC LIMIT 1)");

        var again = await Send(manager, "died", "Died over it");

        (again.Status, again.Text.Contains("Whether this was done is not known")).ShouldBe((HttpStatusCode.Conflict, true));
    }

    [Fact]
    public async Task Is_forgotten_after_a_day()
    {
        var manager = await product.Manager();
        await Send(manager, "old", "Old form");

        await product.Ask<ForgetAnswers, bool>(async answers => { await answers.Run(Stop); return true; });
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.sent_form")).ShouldBeGreaterThan(0);
        await product.Database.ExecuteAsync("UPDATE platform.sent_form SET began_at = began_at - interval '25 hours'");
        await product.Ask<ForgetAnswers, bool>(async answers => { await answers.Run(Stop); return true; });

        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.sent_form")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_done_once_when_somebody_presses_twice_on_a_page()
    {
        var manager = await product.Manager();
        var form = (await manager.Page("/manage/new")).QuerySelector("main form[method=post]")!;
        var key = form.QuerySelector($"input[name={SentForms.Field}]")!.GetAttribute("value")!;
        (await manager.Page("/manage/new")).QuerySelector($"main form input[name={SentForms.Field}]")!.GetAttribute("value").ShouldNotBe(key);

        var pressed = await Task.WhenAll(Press("Pressed twice"), Press("Pressed twice"));
        var other = await Press("Pressed with other words");

        pressed.ShouldAllBe(answer => answer.Status == HttpStatusCode.Redirect && answer.Location == pressed[0].Location);
        other.Location.ShouldNotBe(pressed[0].Location);
        (await Programs("Pressed twice"), await Programs("Pressed with%")).ShouldBe((1, 1));

        Task<Answer> Press(string name) => manager.Post("/manage/new", [.. Fields(name), (SentForms.Field, key)]);
    }

    [Fact]
    public async Task Is_another_deed_each_time_when_a_script_sends_it_and_the_page_stays()
    {
        var manager = await product.Manager();

        var first = await manager.Script("/manage/new", [.. Fields("By script"), (SentForms.Field, "same")]);
        var again = await manager.Script("/manage/new", [.. Fields("By script"), (SentForms.Field, "same")]);

        (first.Status, again.Status).ShouldBe((HttpStatusCode.Redirect, HttpStatusCode.Conflict), "the second finds that there is one of that name");
    }

    static (string, string)[] Fields(string name) => [("Name", name), ("Cohort", "Spring"), ("ApplicationsCloseOn", "2027-02-20"), ("StartsOn", "2027-03-01")];

    static Task<Answer> Send(Browser browser, string key, string name, string path = "/manage/new") =>
        browser.PostUnder(key, path, Fields(name));

    Task<long> Programs(string name) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM programs.program WHERE name LIKE '{name}'");

    /// <summary>Carries requests to the product, and on demand resets the connection where the answer should come back.</summary>
    sealed class LosingProxy : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        readonly Task accepting;

        public LosingProxy(Uri product)
        {
            listener.Start();
            accepting = Accept(product);
        }

        public bool LosesAnswers { get; set; }

        public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            listener.Stop();
            await accepting;
            stop.Dispose();
        }

        async Task Accept(Uri product)
        {
            List<Task> carried = [];
            try
            {
                while (true) carried.Add(Carry(await listener.AcceptTcpClientAsync(stop.Token), product));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException)
            {
                await Task.WhenAll(carried);
            }
        }

        async Task Carry(TcpClient client, Uri product)
        {
            using var near = client;
            using var far = new TcpClient();
            try
            {
                await far.ConnectAsync(product.Host, product.Port, stop.Token);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), stop.Token), Back());
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException) { }

            async Task Back()
            {
                var buffer = new byte[1 << 16];
                while (await far.GetStream().ReadAsync(buffer, stop.Token) is > 0 and var read)
                {
                    if (LosesAnswers)
                    {
                        near.LingerState = new LingerOption(true, 0);
                        near.Close();
                        return;
                    }
                    await near.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
                }
            }
        }
    }
}
