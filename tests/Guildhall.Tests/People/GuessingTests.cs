using System.Net;
using System.Net.Sockets;
using Guildhall.Modules.People;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guildhall.Tests.People;

/// <summary>Somebody who guesses from ten thousand addresses over two nodes, and the owner who wants to get in meanwhile.</summary>
public sealed class GuessingTests(TestPostgres postgres)
{
    [Fact]
    public async Task Tries_no_more_guesses_than_the_limit_and_still_lets_the_owner_in_on_a_known_device()
    {
        const int guesses = 10_000;
        var hasher = new NotedHasher();
        await using var product = new RunningProduct(postgres) { Adjust = services => services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<Account>>(_ => hasher)) };
        await product.InitializeAsync();
        var email = PeopleScene.NewAddress("owner");
        using var owner = await product.GivenManager(email);
        await using var second = product.AnotherNode();
        await second.StartAsync(TestContext.Current.CancellationToken);
        StandAtTheStartOfAWindow(product);
        await owner.Post("/sign-out");
        hasher.Verified = 0;

        var evaluated = await Guess(product, second, email, guesses);
        var knownDevice = await owner.SignIn(email, RunningProduct.Password);
        using var elsewhere = product.Visitor();
        var newDevice = await elsewhere.SignIn(email, RunningProduct.Password);
        product.Clock.Advance(TimeSpan.FromMinutes(5));
        var later = await elsewhere.SignIn(email, RunningProduct.Password);

        evaluated.ShouldBe(TryLimit.Passwords.Most);
        knownDevice.Location.ShouldBe("/manage");
        newDevice.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        later.Location.ShouldBe("/manage");

        async Task<int> Guess(RunningProduct one, WebApplication other, string to, int many)
        {
            Uri[] nodes = [one.Address, new(other.Urls.Single())];
            var forms = new (string Token, string Cookie)[nodes.Length];
            for (var node = 0; node < nodes.Length; node++) forms[node] = await Form(nodes[node]);
            await Parallel.ForEachAsync(Enumerable.Range(0, many), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (guess, stop) =>
            {
                // 127.2.0.1 to 127.2.39.250: each address is used once.
                using var http = From(new IPAddress([127, 2, (byte)(guess / 250), (byte)(guess % 250 + 1)]));
                var (token, cookie) = forms[guess % 2];
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(nodes[guess % 2], "/sign-in"))
                {
                    Headers = { { "Cookie", cookie } },
                    Content = new FormUrlEncodedContent([new("Email", to), new("Password", $"guess number {guess}"), new("__RequestVerificationToken", token)]),
                };
                using var answer = await http.SendAsync(request, stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            });
            return hasher.Verified;
        }
    }

    [Fact]
    public async Task Counts_guesses_of_one_network_address_over_everybodys_accounts_and_both_nodes()
    {
        var hasher = new NotedHasher();
        await using var product = new RunningProduct(postgres) { Adjust = services => services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<Account>>(_ => hasher)) };
        await product.InitializeAsync();
        await product.Manager();
        await using var second = product.AnotherNode();
        await second.StartAsync(TestContext.Current.CancellationToken);
        StandAtTheStartOfAWindow(product);
        var before = hasher.Hashed;
        Uri[] nodes = [product.Address, new(second.Urls.Single())];
        using var http = From(IPAddress.Parse("127.3.0.1"));
        using var fresh = From(IPAddress.Parse("127.3.0.2"));
        for (var guess = 0; guess < 36; guess++)
        {
            var node = nodes[guess % 2];
            var (token, cookie) = await Form(node, fresh);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, "/sign-in"))
            {
                Headers = { { "Cookie", cookie } },
                Content = new FormUrlEncodedContent([new("Email", $"nobody-{guess}@example.com"), new("Password", "spring in the market"), new("__RequestVerificationToken", token)]),
            };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        }

        (hasher.Hashed - before).ShouldBe(TryLimit.PasswordsFromAddress.Most);
    }

    [Fact]
    public async Task Lets_the_owner_in_on_a_known_device_behind_the_address_of_who_guesses()
    {
        await using var product = new RunningProduct(postgres);
        await product.InitializeAsync();
        var email = PeopleScene.NewAddress("owner");
        using var owner = await product.GivenManager(email);
        StandAtTheStartOfAWindow(product);
        await owner.Post("/sign-out");
        for (var guess = 0; guess <= TryLimit.PasswordsFromAddress.Most; guess++) await owner.SignIn($"nobody-{guess}@example.com", "spring in the market");

        (await owner.SignIn(RunningProduct.ManagerEmail, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "nobody new gets in from there this minute");
        (await owner.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/manage");
    }

    [Theory]
    [InlineData("CfDJ8made-up")]
    [InlineData("another account's")]
    public async Task Takes_a_device_for_known_only_to_the_account_that_signed_in_on_it(string cookie)
    {
        await using var product = new RunningProduct(postgres);
        await product.InitializeAsync();
        var email = PeopleScene.NewAddress("victim");
        using var victim = await product.GivenManager(email);
        using var attacker = cookie == "CfDJ8made-up" ? product.Visitor() : await product.GivenManager(PeopleScene.NewAddress("attacker"));
        await attacker.Post("/sign-out");
        StandAtTheStartOfAWindow(product);
        for (var guess = 0; guess < TryLimit.Passwords.Most; guess++)
        {
            using var elsewhere = product.Visitor();
            await elsewhere.SignIn(email, $"guess number {guess}");
        }

        var answer = cookie == "CfDJ8made-up"
            ? await attacker.Send(new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Headers = { { "Cookie", $"guildhall-known={cookie}" } }, Content = new FormUrlEncodedContent([]) })
            : await attacker.SignIn(email, RunningProduct.Password);

        answer.Status.ShouldBeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest);
        (await attacker.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
    }

    // A window that ends in the middle of a test would count in two.
    /// <summary>All guesses fall into one window, however long this machine takes for them.</summary>
    static void StandAtTheStartOfAWindow(RunningProduct product)
    {
        product.Clock.Stand();
        product.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(product.Clock.GetUtcNow().UtcTicks % TimeSpan.FromMinutes(5).Ticks));
    }

    static HttpClient From(IPAddress address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    static async Task<(string Token, string Cookie)> Form(Uri node, HttpClient? by = null)
    {
        using var own = by is null ? From(IPAddress.Parse("127.3.0.3")) : null;
        using var page = await (by ?? own!).GetAsync(new Uri(node, "/forgotten"), TestContext.Current.CancellationToken);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(text).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return (token, page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("guildhall-form", StringComparison.Ordinal)).Split(';')[0]);
    }

    sealed class NotedHasher : PasswordHasher<Account>
    {
        int hashed;
        int verified;

        public int Hashed => hashed;

        public int Verified { get => verified; set => verified = value; }

        public override string HashPassword(Account user, string password)
        {
            Interlocked.Increment(ref hashed);
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref verified);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
