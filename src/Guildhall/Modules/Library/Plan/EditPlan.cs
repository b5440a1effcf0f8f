using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Library;

/// <summary>Changes the steps of the plan. Every change is a version of its own, which readers see once it is published.</summary>
sealed class EditPlan(GuildhallDb db, EditArticles articles, TimeProvider clock)
{
    /// <summary>The step as the form says it; what can't be read is refused at its field.</summary>
    public static PlanStep Read(string key, FormFields form) => new(
        key, Enum.TryParse<PlanStage>(form.Text("Stage"), out var stage) ? stage : (PlanStage)(-1), form.Text("Title"), form.Text("Why"), form.Whole("Minutes", "the minutes"), form.Text("HowTo"),
        form.Whole("DueDay", "the day"), form.Text("Playbook"), form.Text("CompletesWhen"));

    /// <param name="key">The step to change; null adds one.</param>
    public async Task<Result<Article>> Save(Guid id, string? key, FormFields form, Actor actor, CancellationToken stop)
    {
        var step = Read(key ?? "", form);
        if (form.Refusal is { } unreadable)
        {
            form.RefusedElsewhere(step.Tidy().Problem());
            return unreadable;
        }

        if (step.Playbook is { Length: > 0 } slug && !await db.Set<Article>().AnyAsync(article => article.Slug == slug && !article.IsPlan, stop))
            return Refusal.Invalid("playbook", "Choose an article from the list.", "Playbook");
        return await Change(id, form, steps => key is null ? steps.Add(step) : steps.Replace(step), key is null ? $"Added: {step.Title}" : $"Changed: {step.Title}", actor, stop);
    }

    public Task<Result<Article>> Remove(Guid id, string key, FormFields form, Actor actor, CancellationToken stop) =>
        Change(id, form, steps => steps.Remove(key), $"Removed: {key}", actor, stop);

    public Task<Result<Article>> Move(Guid id, string key, bool isUp, FormFields form, Actor actor, CancellationToken stop) =>
        Change(id, form, steps => steps.Move(key, isUp), $"Moved {(isUp ? "up" : "down")}: {key}", actor, stop);

    Task<Result<Article>> Change(Guid id, FormFields form, Func<PlanSteps, Result<PlanSteps>> change, string note, Actor actor, CancellationToken stop) =>
        articles.Change(id, form.Edition("seen"), (article, latest) =>
        {
            if (latest.Steps is not { } steps) return Refusal.NotFound("plan");
            if (!change(steps).Succeeded(out var changed, out var refusal)) return refusal;
            if (changed == steps) return null;
            if (!article.Revise(latest.Text, changed, actor.AccountId, note[..Math.Min(note.Length, ArticleVersion.NoteLimit)], clock.GetUtcNow()).Succeeded(out var version, out var refused)) return refused;
            db.Add(version);
            return null;
        }, stop);
}
