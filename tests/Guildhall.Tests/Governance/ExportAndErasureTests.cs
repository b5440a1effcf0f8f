using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Guildhall.Modules.Governance;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Guildhall.Tests.Governance;

/// <summary>Two people with a word of their own in every personal column: what one gets, and what is left of one who is erased.</summary>
public sealed class ExportAndErasureTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    static int people;

    PersonalColumns one = null!, other = null!;

    public async ValueTask InitializeAsync()
    {
        // Rows are made without what they point to.
        await database.ExecuteAsync("""
            DO $$ DECLARE k record; BEGIN
                FOR k IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.owner, k.conname); END LOOP;
            END $$
            """);
        await using (var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await SellerDayPartitions.Ensure(connection, [new DateOnly(2026, 11, 1)], TestContext.Current.CancellationToken);
        (one, other) = (new PersonalColumns(database, Mark()), new PersonalColumns(database, Mark()));
        await one.Fill();
        await other.Fill();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Gives_a_person_everything_of_their_own_and_nothing_of_others()
    {
        var text = await Export(one);

        one.Exported.Count.ShouldBeGreaterThan(40);
        one.Exported.Where(word => !text.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty();
        other.All.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        one.All.Except(one.Exported).Where(word => text.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty("what opens an account is not for a file");
    }

    [Fact]
    public async Task Says_in_the_file_what_each_field_means()
    {
        using var json = JsonDocument.Parse(await Export(one));

        json.RootElement.GetProperty("format").GetString().ShouldBe("guildhall-personal-data");
        foreach (var table in json.RootElement.GetProperty("tables").EnumerateArray())
        {
            var fields = table.GetProperty("fields").EnumerateObject().Select(field => field.Name).ToList();
            foreach (var row in table.GetProperty("rows").EnumerateArray()) row.EnumerateObject().Select(field => field.Name).Except(fields).ShouldBeEmpty(table.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Leaves_no_word_of_somebody_who_is_erased_in_the_database_the_data_folder_or_the_log()
    {
        var folder = Directory.CreateTempSubdirectory("guildhall-mails-").FullName;
        var log = new StringBuilder();
        await using var services = Services(folder, log);
        var mail = await database.ScalarAsync<Guid>($"SELECT id FROM platform.outgoing_mail WHERE address_key = '{one.Address.ToLowerInvariant()}'");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{mail}.eml"), $"To: {one.Address}", TestContext.Current.CancellationToken);
        await GivenMentions();

        (await Erase(services, one)).ShouldBeNull();

        var dump = await Dump();
        dump.Length.ShouldBeGreaterThan(10_000);
        other.All.ShouldAllBe(word => dump.Contains(word, StringComparison.Ordinal) || dump.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), StringComparison.Ordinal), "others stay as they are");
        one.All.Where(word => dump.Contains(word, StringComparison.OrdinalIgnoreCase) || dump.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)), StringComparison.Ordinal)).ShouldBeEmpty();
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => one.All.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();
        one.All.Where(word => log.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        await AuditWorker.Seal(services.GetRequiredService<IDbContextFactory<GuildhallDb>>(), TimeProvider.System, TestContext.Current.CancellationToken);
        (await Ask<VerifyAudit, AuditCheck>(services, verify => verify.Run(TestContext.Current.CancellationToken))).ShouldSatisfyAllConditions(check => check.Broken.ShouldBeNull(), check => check.Rows.ShouldBeGreaterThan(1));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Keeps_the_figures_of_an_erased_shop_under_a_number_that_leads_to_nobody()
    {
        await using var services = Services();

        await Erase(services, one);

        (await database.ScalarAsync<long>($"SELECT count(*) FROM sellers.seller_day WHERE seller_id = '{one.SellerId}'")).ShouldBe(1);
        (await database.ScalarAsync<long>($"SELECT count(*) FROM sellers.event WHERE seller_id = '{one.SellerId}'")).ShouldBe(1);
        (await database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{one.SellerId}' AND name IS NULL")).ShouldStartWith("erased-");
        (await database.ScalarAsync<long>($"SELECT count(*) FROM people.account WHERE id = '{one.AccountId}'")).ShouldBe(0);
        await using var db = database.NewDb();
        (await db.Set<Guildhall.Modules.Enrollment.Participant>().CountAsync(p => p.SellerId == one.SellerId, TestContext.Current.CancellationToken)).ShouldBe(0, "who is erased is in no list");
        (await db.Set<Guildhall.Modules.Enrollment.Participant>().IgnoreQueryFilters().Where(p => p.SellerId == one.SellerId).ToListAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(2, "what stays can still be read");
    }

    [Fact]
    public async Task Does_not_let_an_import_bring_an_erased_shop_back()
    {
        await using var services = Services();
        await GivenMarketplace();
        await Erase(services, one);

        var (sellers, report) = (await Import(ImportKind.Sellers, $"seller_id,name\n{one.Reference},Back again\nfresh-{one.Reference[..4]},Fresh shop\n"), await Import(ImportKind.Days, $"seller_id,day,orders\n{one.Reference},2026-11-03,4\n"));

        (sellers.RowsInserted, sellers.RowsRejected).ShouldBe((1, 1));
        (report.RowsAside, report.RowsRejected).ShouldBe((0, 1));
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller WHERE name = 'Back again'")).ShouldBe(0);
        (await database.ScalarAsync<string>($"SELECT string_agg(DISTINCT code, ',') FROM sellers.import_reject WHERE import_id IN ('{sellers.Id}', '{report.Id}')")).ShouldBe("erased");
        (await Dump()).ShouldNotContain("Back again");
    }

    [Fact]
    public async Task Leaves_the_shop_to_a_colleague_but_not_the_name_of_who_goes()
    {
        await using var services = Services();
        var name = await database.ScalarAsync<string>($"SELECT display_name FROM people.account WHERE id = '{one.AccountId}'");
        await database.ExecuteAsync($"UPDATE people.account SET seller_id = '{one.SellerId}' WHERE id IN ('{one.AccountId}', '{other.AccountId}'); UPDATE enrollment.participant SET person_name = '{name}' WHERE seller_id = '{one.SellerId}'");

        (await Erase(services, one)).ShouldBeNull();

        (await database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{one.SellerId}'")).ShouldBe(one.Reference);
        (await database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.participant WHERE seller_id = '{one.SellerId}' AND left_at IS NULL AND person_name IS NULL")).ShouldBe(2);
        (await Dump()).ShouldNotContain(name);
    }

    [Fact]
    public async Task Is_carried_out_once_where_two_press_the_button()
    {
        await using var services = Services();
        var id = await Asked(services, one);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Ask<CarryOutErasure, Refusal?>(services, carryOut => carryOut.Run(id, Actor.Product, TestContext.Current.CancellationToken))));

        answers.Count(answer => answer is null).ShouldBe(1);
        answers.OfType<Refusal>().Single().Code.ShouldBe("erasure_moved_on");
        (await database.ScalarAsync<long>($"SELECT count(*) FROM platform.audit_entry WHERE verb = 'Erased' AND subject_id = '{one.AccountId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Waits_for_a_file_that_is_being_imported_and_throws_away_one_that_waits()
    {
        await using var services = Services();
        var import = Guid.CreateVersion7();
        await database.ExecuteAsync($"INSERT INTO sellers.import (id, kind, file_name, state, is_stored, bytes, mapping, skip_bad_rows, is_dry_run, rows_read, rows_staged, rows_rejected, rows_repeated, next_byte, next_line, is_read, has_repeated_days, rows_inserted, rows_updated, rows_unchanged, rows_aside, rows_attached, created_at) VALUES ('{import}', 'sellers', 'a.csv', 'Received', true, 1, '{{}}', false, false, 0, 0, 0, 0, 0, 1, false, false, 0, 0, 0, 0, 0, now())");
        await database.ExecuteAsync($"INSERT INTO sellers.import_chunk (import_id, number, bytes) VALUES ('{import}', 0, 'x')");
        var id = await Asked(services, one);
        Refusal? during;
        await using (var held = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock(hashtextextended('import ' || '{import}', 0))", held);
            await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            during = await Ask<CarryOutErasure, Refusal?>(services, carryOut => carryOut.Run(id, Actor.Product, TestContext.Current.CancellationToken));
            await using var give = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", held);
            await give.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var after = await Ask<CarryOutErasure, Refusal?>(services, carryOut => carryOut.Run(id, Actor.Product, TestContext.Current.CancellationToken));

        during!.Code.ShouldBe("import_running");
        after.ShouldBeNull();
        (await database.ScalarAsync<string>($"SELECT state || ' ' || refusal_code FROM sellers.import WHERE id = '{import}'")).ShouldBe("Refused erasure");
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.import_chunk")).ShouldBe(0);
    }

    [Fact]
    public async Task Keeps_the_last_administrator()
    {
        await using var services = Services();
        await database.ExecuteAsync("DELETE FROM people.role_grant");
        await database.ExecuteAsync($"INSERT INTO people.role_grant (account_id, role, granted_at) VALUES ('{one.AccountId}', 'Administrator', now())");
        await database.ExecuteAsync($"UPDATE people.account SET suspended_at = NULL WHERE id = '{one.AccountId}'");

        var refusal = await Erase(services, one);

        refusal!.Code.ShouldBe("last_administrator");
        (await database.ScalarAsync<long>($"SELECT count(*) FROM people.account WHERE id = '{one.AccountId}'")).ShouldBe(1);
        await database.ExecuteAsync("DELETE FROM people.role_grant");
    }

    static string Mark() => $"Q{(char)('a' + Interlocked.Increment(ref people))}x";

    /// <summary>The person inside rows of others: a mail to somebody else, the rules of a program, the name of a file.</summary>
    async Task GivenMentions()
    {
        var name = await database.ScalarAsync<string>($"SELECT display_name FROM people.account WHERE id = '{one.AccountId}'");
        var now = DateTimeOffset.UtcNow;
        await using var db = database.NewDb();
        db.Add(OutgoingMail.Of(new Mail(InvitePerson.Kind, "someone.else@example.com", $"{name} invites you", [$"{name} invites you to the program."]), "guildhall.example", now));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await database.ExecuteAsync($$"""INSERT INTO pairing.matching_rules (program_id, settings, changed_by, changed_at) VALUES ('{{Guid.CreateVersion7()}}', '{"bars":[{"menteeId":"{{one.Reference}}","mentorId":"x"}]}', '{{Guid.Empty}}', now())""");
    }

    async Task GivenMarketplace() => await database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Market', 'USD', 'Etc/UTC') ON CONFLICT DO NOTHING");

    async Task<string> Export(PersonalColumns person)
    {
        await using var services = Services();
        using var bytes = new MemoryStream();
        await Ask<PersonalExport, bool>(services, async export =>
        {
            await export.Write(new Person(person.AccountId, person.SellerId, person.Address), bytes, TestContext.Current.CancellationToken);
            return true;
        });
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    async Task<Refusal?> Erase(ServiceProvider services, PersonalColumns person)
    {
        var id = await Asked(services, person);
        return await Ask<CarryOutErasure, Refusal?>(services, carryOut => carryOut.Run(id, Actor.Product, TestContext.Current.CancellationToken));
    }

    async Task<Guid> Asked(ServiceProvider services, PersonalColumns person)
    {
        await database.ExecuteAsync($"UPDATE people.account SET seller_id = '{person.SellerId}' WHERE id = '{person.AccountId}'");
        await Ask<AskErasure, Refusal?>(services, ask => ask.Ask(new Actor(person.AccountId, "x"), TestContext.Current.CancellationToken));
        return await database.ScalarAsync<Guid>($"SELECT id FROM governance.erasure_request WHERE account_id = '{person.AccountId}' AND state = 'Asked'");
    }

    async Task<Import> Import(ImportKind kind, string text)
    {
        using var scene = new ImportScene(database);
        return (await scene.ImportText(kind, text, skipBadRows: true)).Done.ShouldNotBeNull();
    }

    ServiceProvider Services(string? folder = null, StringBuilder? log = null) => database.BuildServices(services =>
    {
        if (folder is not null) services.AddSingleton(new MailSettings { Folder = folder });
        if (log is not null) services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Written(log)));
    });

    static async Task<TAnswer> Ask<TUseCase, TAnswer>(ServiceProvider services, Func<TUseCase, Task<TAnswer>> call) where TUseCase : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }

    async Task<string> Dump()
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo(PostgresPrograms.Find(null)["pg_dump"], ["--no-owner", "--inserts"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        (start.Environment["PGHOST"], start.Environment["PGDATABASE"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (connection.Host, connection.Database, connection.Username, connection.Password);
        start.Environment["PGPORT"] = connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }

    sealed class Written(StringBuilder log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Dispose() { }

        // What a product logs by itself: warnings and worse. Statements with their values are logged by nobody.
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (log) log.AppendLine(formatter(state, exception)).Append(exception);
        }
    }
}
