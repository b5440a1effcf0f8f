using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>What an editor does with articles: write, change, publish, retire, look again. Of two who change one at once, the second is told.</summary>
sealed class EditArticles(GuildhallDb db, TimeProvider clock)
{
    static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "changed_meanwhile", "Somebody else changed this article while you were on this page. Their change is kept and yours is not saved. Look at what is stored now, then decide.");

    public static ArticleText ReadText(FormFields form) => new(form.Text("Title"), form.Text("Summary"), form.Text("Body"));

    public static ArticleDetails ReadDetails(FormFields form) => new(
        Read<ArticleKind>(form, "Kind"), [.. form.Values("Topics", [])], Read<GrowthStage>(form, "Stage"), Read<Audience>(form, "Audience"));

    // Whatever isn't of the list is told from it by the entity, together with the other problems.
    static T Read<T>(FormFields form, string field) where T : struct, Enum => Enum.TryParse<T>(form.Text(field), out var value) ? value : (T)(object)-1;

    public async Task<Result<Article>> Write(FormFields form, Actor actor, CancellationToken stop)
    {
        var (now, text, reviewBy) = (clock.GetUtcNow(), ReadText(form).Tidy(), form.Day("ReviewBy", "the review date"));
        var started = Article.Start(ReadDetails(form), text.Title, actor.AccountId, form.Error("ReviewBy") is null ? reviewBy : clock.Today().AddDays(1), clock.Today(), now);
        if (Refusal.Together(form.Refusal, started.Refusal, text.Problem()) is { } problems) return problems;

        var article = started.Value;
        if (!article.Revise(text, null, actor.AccountId, null, now).Succeeded(out var version, out var refusal)) return refusal;
        return await Add(article, version, stop);
    }

    /// <summary>Stores a new article; where its address is taken, under a longer one.</summary>
    public async Task<Result<Article>> Add(Article article, ArticleVersion version, CancellationToken stop)
    {
        if (await db.Set<Article>().AnyAsync(known => known.Slug == article.Slug, stop)) article.LengthenSlug();
        db.AddRange(article, version);
        try
        {
            await db.SaveChangesAsync(stop);
            return article;
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("address_taken", "Somebody else saved an article of this title at the same moment. Theirs is kept and yours is not saved. Save again.");
        }
    }

    public Task<Result<Article>> Save(Guid id, FormFields form, Actor actor, CancellationToken stop) => Change(id, form.Edition("seen"), (article, latest) =>
    {
        var text = ReadText(form).Tidy();
        // The plan's form doesn't ask what it is.
        var details = article.IsPlan ? new ArticleDetails(article.Kind, [.. form.Values("Topics", [])], article.Stage, article.Audience) : ReadDetails(form);
        if (Refusal.Together(article.Change(details).Refusal, text.Problem(article.IsPlan), ArticleVersion.NoteProblem(form.Text("Note"))) is { } problems) return problems;
        return text == latest.Text ? null : Revise(article, text, latest.Steps, actor, form.Text("Note"));
    }, stop);

    public Task<Result<Article>> Publish(Guid id, FormFields form, CancellationToken stop) => Change(id, form.Edition("seen"), (article, _) => article.Publish().Refusal, stop);

    public Task<Result<Article>> Retire(Guid id, FormFields form, CancellationToken stop) => Change(id, form.Edition("seen"), (article, _) => article.Retire().Refusal, stop);

    public Task<Result<Article>> MarkReviewed(Guid id, FormFields form, CancellationToken stop)
    {
        var next = form.Day("ReviewBy", "the next review date");
        return form.Refusal is { } unreadable ? Task.FromResult<Result<Article>>(unreadable) : Change(id, form.Edition("seen"), (article, _) => article.MarkReviewed(next, clock.Today()).Refusal, stop);
    }

    /// <summary>Makes the person who asks its owner, or nobody.</summary>
    public Task<Result<Article>> Give(Guid id, FormFields form, Actor actor, CancellationToken stop) => Change(id, form.Edition("seen"), (article, _) =>
    {
        article.GiveTo(form.Text("Owner") == "me" ? actor.AccountId : null);
        return null;
    }, stop);

    /// <summary>Makes an earlier version the latest again, as one of its own.</summary>
    public async Task<Result<Article>> BringBack(Guid id, int number, FormFields form, Actor actor, CancellationToken stop)
    {
        if (await db.Set<ArticleVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.ArticleId == id && version.Number == number, stop) is not { } earlier) return Refusal.NotFound("version");
        return await Change(id, form.Edition("seen"), (article, latest) => earlier.Text == latest.Text && earlier.Steps == latest.Steps
            ? Refusal.Conflict("same_text", "The latest version says the same. Nothing was changed.")
            : Revise(article, earlier.Text, earlier.Steps, actor, $"Version {number} again"), stop);
    }

    Refusal? Revise(Article article, ArticleText text, PlanSteps? steps, Actor actor, string? note)
    {
        if (!article.Revise(text, steps, actor.AccountId, note, clock.GetUtcNow()).Succeeded(out var version, out var refusal)) return refusal;
        db.Add(version);
        return null;
    }

    /// <param name="seen">The edition that the page showed.</param>
    /// <param name="change">Given the article and its latest version.</param>
    internal async Task<Result<Article>> Change(Guid id, uint seen, Func<Article, ArticleVersion, Refusal?> change, CancellationToken stop)
    {
        var found = await (
            from stored in db.Set<Article>()
            where stored.Id == id
            join version in db.Set<ArticleVersion>() on new { stored.Id, Number = stored.LatestNumber } equals new { Id = version.ArticleId, version.Number }
            select new { Article = stored, Latest = version }).SingleOrDefaultAsync(stop);
        if (found is null) return Refusal.NotFound("article");

        db.Entry(found.Article).Property(article => article.RowVersion).OriginalValue = seen;
        if (change(found.Article, found.Latest) is { } refusal)
        {
            db.ChangeTracker.Clear();
            return refusal;
        }

        try
        {
            await db.SaveChangesAsync(stop);
            return found.Article;
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            // The page that says so shows what is stored, not what was to be.
            db.ChangeTracker.Clear();
            return ChangedMeanwhile;
        }
    }
}
