"""Who knows whom. Each circle's people are friends of each other; then some single ties."""

CIRCLES = (
    "mei wen yu nora sol ru",
    "bo yu mei wen hao",
    "ming su lin wu hao peng yan lei hua",
    "hao wen lin mei",
    "mei dong nora qing hao lin",
    "yu tian de amina oldhe",
    "xia kai qing lei ning",
    "jun bo rui teo sol ye",
    "ye ru shan xia ning lan",
    "kai shuai fan lan bai",
)

PAIRS = (
    "wen-ning wen-xia wen-tian wen-ye wen-yan wen-ming wen-su xia-nora ye-yan bo-teo"
    " yu-sol amina-sol teo-yu tao-ru tao-kai tao-ning tao-jun tao-shuai tao-de"
    " feng-bai feng-sol feng-yu feng-lei feng-lin feng-su shan-rui shan-ming shan-yan shan-mei"
    " bai-yan bai-su bai-qing de-fan de-dong dong-hua dong-shan oldhe-wu"
    " oldhe-nora oldhe-ning fan-bo fan-jun fan-rui shuai-lin shuai-peng peng-rui peng-shan"
    " hua-mei hua-tian yan-ru yan-xia lan-yan amina-nora amina-mei"
)

ASKED = (
    "shan-wen teo-wen lan-mei oldhe-wen wen-kai nora-tian xia-yu peng-kai lei-bo rui-mei"
    " shuai-hao bai-wen"
)
"""`a-b`: a has asked b, who has not answered."""
