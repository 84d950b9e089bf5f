//! Titles in other languages than English. Data only: Latin and Cyrillic ones are found as the English are; those written
//! without blanks between words also at the end of a longer one. Apostrophes are left out, as titles are compared
//! without them.

use crate::model::SectionKind;
use SectionKind::{
    About, Actions, Appendix, ContributingFactors, Detection, Impact, Lessons, Lucky, Related, Resolution,
    Response, RootCause, Summary, Timeline, WentPoorly, WentWell, Whys,
};

/// Found wherever they stand in a title; the longest wins.
#[rustfmt::skip]
pub(in crate::parse::synonyms) const LANGUAGES: [(SectionKind, &[&str]); 17] = [
    (Summary, &[
        "сводка", "резюме", "краткое описание", "описание инцидента", "что произошло", "что случилось",
        "підсумок", "що сталося", "podsumowanie", "co się stało", "riepilogo", "sommario", "cosa è successo",
        "qué sucedió", "qué ocurrió", "descripción", "descrição", "contexte", "contexto",
        "fehlerbeschreibung", "özet", "ne oldu", "tóm tắt", "ringkasan", "事故概述", "概述", "背景", "事象", "発生事象",
        "何が起きたか", "何が起こったか", "무슨 일이 있었나", "yhteenveto", "shrnutí", "co se stalo",
        "que sest il passé", "résumé de lincident",
    ]),
    (Timeline, &[
        "таймлайн", "ход событий", "хронологія", "хронологія подій", "przebieg zdarzeń", "línea temporal",
        "kronologi", "aikajana", "časová osa", "průběh", "zeitverlauf", "事件经过", "事故经过", "时间轴", "時間軸", "経緯",
        "経過", "事件經過", "경과",
    ]),
    (RootCause, &[
        "первопричина", "коренная причина", "корневая причина", "причина", "причины", "анализ причин",
        "почему это произошло", "першопричина", "причини", "przyczyna", "przyczyny", "przyczyna źródłowa",
        "główna przyczyna", "causa", "causas", "causa principale", "causa principal", "causa radice",
        "fehlerursache", "ursachenanalyse", "kök neden", "nguyên nhân", "nguyên nhân gốc rễ", "akar masalah",
        "penyebab", "juurisyy", "příčina", "근본원인", "原因分析",
    ]),
    (Whys, &[
        "пять почему", "五个为什么", "5つのなぜ", "pięć dlaczego", "cinco porqués", "cinco porquês", "cinq pourquoi",
    ]),
    (ContributingFactors, &[
        "способствующие факторы", "сопутствующие факторы", "begünstigende faktoren", "beitragende faktoren",
        "czynniki", "fattori contribuenti",
    ]),
    (Impact, &[
        "влияние", "последствия", "воздействие", "ущерб", "масштаб", "что пострадало", "вплив", "наслідки",
        "wpływ", "skutki", "impatto", "folgen", "etki", "ảnh hưởng", "tác động", "dampak", "vaikutus",
        "vaikutukset", "dopad", "påverkan", "påvirkninger",
    ]),
    (Detection, &[
        "обнаружение", "как обнаружили", "виявлення", "wykrycie", "rilevamento", "erkennung", "phát hiện",
        "deteksi", "detekce", "havaitseminen",
    ]),
    (Response, &[
        "реакция", "реагирование", "что сделали", "что было сделано", "реагування", "reakcja", "risposta",
        "respuesta", "resposta", "réponse", "处理过程", "處理過程", "초동 대응",
    ]),
    (Resolution, &[
        "решение", "устранение", "восстановление", "исправление", "вирішення", "відновлення", "rozwiązanie",
        "naprawa", "risoluzione", "recuperación", "recuperação", "mitigación", "mitigação",
        "wiederherstellung", "çözüm", "giải pháp", "khắc phục", "resolusi", "penyelesaian", "ratkaisu",
        "řešení", "解决", "解决办法", "解决方法", "恢复", "解決方法", "復旧作業", "復旧対応", "暫定対応", "应急措施", "临时措施", "対処", "조치",
    ]),
    (WentWell, &[
        "что сработало", "что сработало хорошо", "что прошло хорошо", "что получилось", "что помогло",
        "що спрацювало", "co poszło dobrze", "cosa è andato bene", "qué funcionó", "qué funcionó bien",
        "o que deu certo", "o que funcionou", "o que funcionou bem", "ce qui a bien marché",
        "ce qui a fonctionné", "iyi gidenler", "điều gì đã tốt", "うまくいった点", "良かったこと", "よかったこと", "よかった点",
        "做得好的地方", "做得好的方面", "잘한 점", "잘한 것", "잘 된 점",
        "ce qui sest bien passé",
    ]),
    (WentPoorly, &[
        "что не сработало", "что пошло не так", "что прошло плохо", "что можно улучшить", "что помешало",
        "що пішло не так", "co poszło źle", "cosa è andato male", "qué no funcionó", "qué se puede mejorar",
        "qué falló", "o que deu errado", "o que não funcionou", "o que pode melhorar",
        "ce qui n a pas marché", "ce qui n a pas fonctionné", "was nicht gut lief", "was schief lief",
        "was schief ging", "悪かったこと", "うまくいかなかった点", "改善すべき点", "做得不好的地方", "不足之处", "잘못된 점", "부족했던 점",
        "아쉬웠던 점",
        "ce qui sest mal passé", "ce qui na pas marché", "ce qui na pas fonctionné",
    ]),
    (Lucky, &[
        "где повезло", "где нам повезло", "в чём повезло", "в чем повезло", "повезло", "dónde tuvimos suerte",
        "onde tivemos sorte", "運が良かった点", "운이 좋았던 점",
    ]),
    (Lessons, &[
        "уроки", "выводы", "извлечённые уроки", "извлеченные уроки", "чему научились", "висновки", "wnioski",
        "lezioni apprese", "conclusioni", "lecciones", "aprendizajes", "conclusiones", "lições",
        "aprendizados", "conclusão", "leçons", "enseignements", "fazit", "alınan dersler", "bài học",
        "bài học kinh nghiệm", "pelajaran", "ponaučení", "振り返り", "まとめ", "学んだこと", "反省点", "教训", "总结",
        "總結", "反思", "배운 점", "회고", "시사점",
    ]),
    (Actions, &[
        "действия", "дальнейшие действия", "план действий", "корректирующие действия", "меры",
        "предотвращение", "что будем делать", "следующие шаги", "дальнейшие шаги", "задачи", "дії",
        "подальші дії", "наступні кроки", "działania", "działania naprawcze", "działania zapobiegawcze",
        "następne kroki", "azioni", "azioni correttive", "prossimi passi", "medidas preventivas",
        "próximas acciones", "medidas", "seguimiento", "suivi", "verbesserungen", "verbesserungsmaßnahmen",
        "gegenmaßnahmen", "aksiyonlar", "aksiyon maddeleri", "önlemler", "hành động", "hành động khắc phục",
        "phòng ngừa", "tindak lanjut", "tindakan pencegahan", "toimenpiteet", "opatření", "další kroky", "対策",
        "恒久対応", "恒久対策", "今後の対策", "今後のアクション", "次のアクション", "ネクストアクション", "改善策", "改善案", "改善措施", "改进计划", "改进", "措施",
        "后续计划", "后续措施", "後續行動", "後續措施", "行动计划", "行動項目", "待办事项", "후속 조치", "개선 사항", "개선 방안", "향후 계획",
        "재발 방지 대책",
        "plan daction", "plan dactions",
    ]),
    (Related, &[
        "связанные инциденты", "похожие инциденты", "incidentes relacionados", "incidents liés", "相关事故",
        "類似障害",
    ]),
    (Appendix, &[
        "приложение", "приложения", "ссылки", "материалы", "załącznik", "załączniki", "allegati", "anexo",
        "anexos", "referencias", "referências", "références", "phụ lục", "lampiran", "liitteet", "付録", "補足",
        "附錄", "参考链接", "참고 자료",
    ]),
    (About, &[
        "участники", "благодарности", "uczestnicy", "partecipanti", "participantes", "teilnehmer",
        "beteiligte", "参加者", "メタデータ", "参与者", "참석자",
    ]),
];
